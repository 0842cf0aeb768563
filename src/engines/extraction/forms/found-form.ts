export type FormType =
  "login" | "registration" | "recovery" | "search" | "contact" | "newsletter" | "order" | "consent" | "other";

export type FieldRole =
  | "username"
  | "email"
  | "password"
  | "password-confirmation"
  | "otp"
  | "captcha"
  | "query"
  | "date-from"
  | "date-to"
  | "date"
  | "name"
  | "phone"
  | "address"
  | "message"
  | "subject"
  | "remember"
  | "terms"
  | "quantity"
  | "file"
  | "select"
  | "option"
  | "hidden"
  | "submit"
  | "reset"
  | "button"
  | "text";

export interface FormField {
  /** Name under which the value is sent; empty when the control has none and is not sent. */
  readonly name: string;
  /** `type` of an input or button; `select` or `textarea` otherwise. Lower case. */
  readonly type: string;
  readonly role: FieldRole;
  /** What a person sees beside the control. */
  readonly label: string;
  readonly value: string;
  /** Choices of a select, in order. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required: boolean;
  readonly disabled: boolean;
  readonly path: string;
}

export interface FoundForm {
  /** Position among the forms of the page, from 0, as a browser counts them. */
  readonly index: number;
  readonly type: FormType;
  /** 0 to 1. */
  readonly confidence: number;
  readonly method: "GET" | "POST";
  /** Absolute when the page's address is known. */
  readonly action: string;
  readonly name: string;
  readonly fields: readonly FormField[];
  readonly path: string;
}
