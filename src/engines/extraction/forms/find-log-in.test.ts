import { describe, expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { findForms } from "./find-forms.ts";
import { findLogIn } from "./find-log-in.ts";

const logInOf = (html: string) =>
  findLogIn(parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url: "https://town.example/tenders" }));

/** What it asks for, and the names of the fields that would be filled and of what is pressed. */
function readingOf(html: string) {
  const found = logInOf(html);
  if (!found) return null;
  const { asks, username, password, code, button } = found;
  return [asks, username?.name ?? null, password?.name ?? null, code?.name ?? null, button?.label ?? null];
}

describe("log-ins of pages", () => {
  test.each<[string, string, unknown[]]>([
    ["name and password", "<form method=post action=/login><input name=u><input type=password name=p><button>Sign in</button></form>", ["both", "u", "p", null, "Sign in"]],
    ["a customer number above the password", "<form method=post><input name=org placeholder=Organisation><input name=username><input type=password name=p><button>Log in</button></form>", ["both", "username", "p", null, "Log in"]],
    ["the password alone", "<form method=post><p>Welcome back.</p><input type=password name=p><button>Sign in</button></form>", ["password", null, "p", null, "Sign in"]],
    ["the name alone", "<form method=post action=/login><input name=email type=email><button>Next</button></form>", ["name", "email", null, null, "Next"]],
    ["the name alone, in German", "<form method=post action=/konto><label>Benutzername <input name=benutzername></label><button>Weiter</button></form>", ["name", "benutzername", null, null, "Weiter"]],
    ["the name alone, by what stands above", "<h1>Supplier log-in</h1><form method=post action=/step><label>Company number <input name=cid></label><button>OK</button></form>", ["name", "cid", null, null, "OK"]],
    ["one way in for old and new accounts", "<h2>Sign in or create an account</h2><form method=post action=/auth><input type=email name=e><button>Continue with e-mail</button></form>", ["name", "e", null, null, "Continue with e-mail"]],
    ["a code of an app, under a word on recovery", "<h1>Two-factor recovery</h1><form method=post><label>Recovery code <input name=r></label><button>Verify</button></form>", ["code", null, null, "r", "Verify"]],
    ["a code", "<form method=post><label>Verification code <input name=c inputmode=numeric></label><button>Verify</button></form>", ["code", null, null, "c", "Verify"]],
    ["a code in a password field", "<form method=post><label>One-time code <input name=otp type=password></label><button>Go</button></form>", ["code", null, null, "otp", "Go"]],
    ["fields in no form", "<div><input type=email name=e><input type=password name=p><button type=button>Log in</button></div>", ["both", "e", "p", null, "Log in"]],
    ["no button", "<form method=post action=/login><input name=user><input type=password name=p></form>", ["both", "user", "p", null, null]],
    ["a way out beside the way in", "<form method=post action=/login><input name=user><input type=password name=p><button name=b value=cancel>Cancel</button><button name=b value=in>Log in</button></form>", ["both", "user", "p", null, "Log in"]],
    ["a field that is switched off", "<form method=post action=/login><input name=old disabled><input name=user><input type=password name=p><button>Log in</button></form>", ["both", "user", "p", null, "Log in"]],
  ])("%s", (_what, html, reading) => {
    expect(readingOf(html)).toEqual(reading);
  }); // prettier-ignore

  test("a newsletter at the foot of a log-in page is none", () => {
    const foot = "<footer><form method=post><input type=email name=email><button>OK</button></form></footer>";
    const page = parsePage({
      bytes: Buffer.from(`<main><h1>Log in</h1><form><input name=u><input type=password></form></main>${foot}`),
      url: "https://town.example/",
    });

    expect(findForms(page).map(({ type }) => type)).toEqual(["login", "newsletter"]);
  });

  test("of several, the one that asks for most, and of those the surest", () => {
    const name = "<form method=post action=/login><input name=email type=email><button>Next</button></form>";
    const whole = "<form method=post action=/signin><input name=user><input type=password name=p><button>Sign in</button></form>"; // prettier-ignore

    expect(readingOf(name + whole)?.[0]).toBe("both");
    expect(readingOf(whole + name)?.[0]).toBe("both");
  });

  test("the address of the frame that it stands in", () => {
    const form = "<form method=post><input name=user><input type=password name=p><button>Sign in</button></form>";

    expect(logInOf(form)?.frame).toBeNull();
    expect(logInOf(`<div data-gleaner-frame="https://id.example/form">${form}</div>`)?.frame).toBe(
      "https://id.example/form",
    );
  });
});

describe("what is no log-in, and gets no password", () => {
  test.each([
    ["a choice of a new password", "<form method=post action=/password><input type=password name=a><input type=password name=b><button>Save</button></form>"],
    ["a registration", "<form method=post action=/register><input name=name><input name=email type=email><input type=password name=p><input type=password name=again><button>Create account</button></form>"],
    ["a registration with one password", "<form method=post action=/register><h2>Create an account</h2><input name=first_name><input name=last_name><input name=company><input name=email type=email><input type=password name=p><input type=checkbox name=terms> I agree<button>Register</button></form>"],
    ["an address that ends a subscription", "<h1>Unsubscribe</h1><form method=post action=/out><input type=email name=email><button>Continue</button></form>"],
    ["a lost password, by what stands above", "<h1>Passwort vergessen</h1><form method=post><label>Benutzername <input name=user></label><button>Weiter</button></form>"],
    ["a code for a new password", "<h1>Reset password</h1><form method=post action=/code><input name=code><button>Continue</button></form>"],
    ["a code of a registration", "<h1>Create account</h1><form method=post action=/code><input name=code><button>Continue</button></form>"],
    ["what a picture shows", "<form method=post action=/check><label>Enter the code shown above <input name=captcha></label><button>Continue</button></form>"],
    ["a newsletter", "<form method=post action=/newsletter/subscribe><label>Newsletter <input name=email type=email></label><button>Subscribe</button></form>"],
    ["a lost password", "<form method=post action=/password/forgot><input name=email type=email><button>Send me a link</button></form>"],
    ["a search", "<form action=/search><input name=q type=search placeholder='Search by code'><button>Search</button></form>"],
    ["a contact form", "<form method=post action=/contact><input name=name><input name=email><textarea name=message></textarea><button>Send message</button></form>"],
    ["a page without fields", "<h1>Tenders</h1><p>Please sign in.</p>"],
  ])("%s", (_what, html) => {
    expect(logInOf(html)).toBeNull();
  }); // prettier-ignore
});
