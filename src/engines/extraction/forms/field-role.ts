import { isFieldAbout } from "./form-signs.ts";
import type { FieldRole, FormControl, FormType } from "./found-form.ts";
import { isAboutTerms } from "./form-type.ts";
import { spaced, speaksOf } from "./form-words.ts";

const BY_TYPE: Readonly<Record<string, FieldRole>> = {
  hidden: "hidden",
  submit: "submit",
  image: "submit",
  reset: "reset",
  button: "button",
  file: "file",
  search: "query",
  tel: "phone",
};

/** What a field is for, within a form of this type. */
export function fieldRole(field: FormControl, type: FormType, isAfterPassword: boolean): FieldRole {
  const known = BY_TYPE[field.type];
  if (known) return known;
  if (field.type === "password") return passwordRole(field, isAfterPassword);
  if (field.type === "checkbox" || field.type === "radio") return boxRole(field);
  if (isDateField(field)) return dateRole(field);
  if (field.type === "select") return "select";
  if (isFieldAbout(field, "captcha")) return "captcha";
  if (isFieldAbout(field, "otp")) return "otp";
  return type === "login" || type === "recovery" ? accountRole(field) : openRole(field, type);
}

function passwordRole(field: FormControl, isAfterPassword: boolean): FieldRole {
  if (isFieldAbout(field, "otp") && !isFieldAbout(field, "password")) return "otp";
  return isAfterPassword ? "password-confirmation" : "password";
}

function boxRole(field: FormControl): FieldRole {
  if (isFieldAbout(field, "remember")) return "remember";
  return isAboutTerms(field) ? "terms" : "option";
}

function isDateField(field: FormControl): boolean {
  return (
    field.type.startsWith("date") ||
    (field.type === "text" && isFieldAbout(field, "date") && !isFieldAbout(field, "birth"))
  );
}

function dateRole({ name, label }: FormControl): FieldRole {
  const text = spaced(`${name} ${label}`);
  if (speaksOf("from", text)) return "date-from";
  return speaksOf("to", text) ? "date-to" : "date";
}

function accountRole(field: FormControl): FieldRole {
  if (field.type === "email" || (isFieldAbout(field, "email") && !isFieldAbout(field, "username"))) return "email";
  return field.type === "text" ? "username" : "text";
}

function openRole(field: FormControl, type: FormType): FieldRole {
  if (field.type === "email" || isFieldAbout(field, "email")) return "email";
  if (type === "search") return field.type === "textarea" ? "text" : "query";
  if (field.type === "textarea") return "message";
  if (isFieldAbout(field, "quantity")) return "quantity";
  if (isFieldAbout(field, "subject")) return "subject";
  if (isFieldAbout(field, "phone")) return "phone";
  if (isFieldAbout(field, "username")) return "username";
  if (isFieldAbout(field, "personName")) return "name";
  return isFieldAbout(field, "address") ? "address" : "text";
}
