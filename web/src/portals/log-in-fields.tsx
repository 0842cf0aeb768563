import { PasswordInput, TextInput } from "@mantine/core";

/** What a person types to let the program sign in at a portal. It is sent once and never comes back. */
export interface LogInDraft {
  readonly username: string;
  readonly password: string;
  readonly totp: string;
  readonly loginUrl: string;
}

export const NO_LOG_IN: LogInDraft = { username: "", password: "", totp: "", loginUrl: "" };

/** The fields of a log-in. Browsers are told not to fill in what belongs to this dashboard. */
export function LogInFields({ value, onChange }: { value: LogInDraft; onChange: (next: LogInDraft) => void }) {
  const set = (name: keyof LogInDraft) => ({
    value: value[name],
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange({ ...value, [name]: currentTarget.value }),
  });
  return (
    <>
      <TextInput label="User name" required autoComplete="off" {...set("username")} />
      <PasswordInput label="Password" required autoComplete="new-password" {...set("password")} />
      <PasswordInput
        label="Secret of one-time codes"
        description="If the account has them: the text beside the picture that an authenticator app reads, or its otpauth:// address."
        autoComplete="off"
        {...set("totp")}
      />
      <TextInput
        label="Address of the log-in page"
        description="Left out: where the portal leads by itself. Its site gets the password too."
        type="url"
        placeholder="https://"
        {...set("loginUrl")}
      />
    </>
  );
}

/** What was left empty is left out. */
export function logInBody({ username, password, totp, loginUrl }: LogInDraft) {
  return {
    username: username.trim(),
    password,
    ...(totp.trim() === "" ? {} : { totp: totp.trim() }),
    ...(loginUrl.trim() === "" ? {} : { loginUrl: loginUrl.trim() }),
  };
}
