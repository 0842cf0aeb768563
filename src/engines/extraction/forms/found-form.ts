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

export interface FieldOption {
  readonly value: string;
  readonly label: string;
  readonly isSelected: boolean;
  readonly isDisabled: boolean;
}

/** A control as it stands in the page: all that is needed to send it. */
export interface FormControl {
  /** Name under which the value is sent; empty when the control has none and is not sent. */
  readonly name: string;
  /** `type` of an input or button; `select` or `textarea` otherwise. Lower case. */
  readonly type: string;
  /** What a person sees beside the control. */
  readonly label: string;
  readonly value: string;
  /** Choices of a select, in order. */
  readonly options?: readonly FieldOption[];
  readonly isMultiple?: boolean;
  /** Of checkboxes and radio buttons. */
  readonly isChecked?: boolean;
  readonly required: boolean;
  readonly disabled: boolean;
  /** Where a submit button sends the form instead, and how. */
  readonly formAction?: string;
  readonly formMethod?: "GET" | "POST";
  readonly path: string;
}

export interface FormField extends FormControl {
  readonly role: FieldRole;
}

/** A form without a judgement on what it is for. */
export interface FormShape<Control extends FormControl = FormControl> {
  /** Position among the forms of the page, from 0, as a browser counts them. */
  readonly index: number;
  readonly method: "GET" | "POST";
  /** Absolute when the page's address is known. */
  readonly action: string;
  readonly name: string;
  readonly fields: readonly Control[];
  readonly path: string;
}

export interface FoundForm extends FormShape<FormField> {
  readonly type: FormType;
  /** 0 to 1. */
  readonly confidence: number;
}
