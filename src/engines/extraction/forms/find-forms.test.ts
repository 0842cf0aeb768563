import { describe, expect, test } from "vitest";
import { parsePage } from "../page/parse-page.ts";
import { consentStep } from "./consent-step.ts";
import { findForms } from "./find-forms.ts";

const pageOf = (html: string) =>
  parsePage({ bytes: Buffer.from(html), encoding: "utf-8", url: "https://town.example/" });
const typesOf = (html: string): string[] => findForms(pageOf(html)).map(({ type }) => type);

describe("what forms are for", () => {
  test.each([
    ["login", "<form method=post action=/session><label>User name <input name=u></label><input type=password name=p><input type=checkbox name=remember> Remember me<button>Sign in</button></form>"],
    ["login", "<form method=post action=/login.do><input name=benutzername placeholder=Benutzername><input type=password name=kennwort><input type=submit value=Anmelden></form>"],
    ["login", "<form method=post><input name=login placeholder=Логин><input type=password name=password><button>Войти</button></form>"],
    ["registration", "<form method=post action=/register><input name=first_name><input name=last_name><input name=email type=email><input type=password name=password><input type=password name=password2><input type=checkbox name=terms> I agree to the terms<button>Create account</button></form>"],
    ["search", "<form action=/search><input type=search name=q placeholder='Search tenders'><button>Search</button></form>"],
    ["search", "<form role=search><input name=s><input type=submit value=Rechercher></form>"],
    ["recovery", "<form method=post action=/password/reset><p>Forgot your password? Enter your e-mail and we will send you a link to reset it.</p><input name=email type=email><button>Reset password</button></form>"],
    ["contact", "<form method=post action=/contact><input name=name><input name=email><input name=subject><textarea name=message></textarea><button>Send message</button></form>"],
    ["newsletter", "<form method=post action=/newsletter/subscribe><label>Newsletter <input name=email type=email placeholder='Your e-mail'></label><button>Subscribe</button></form>"],
    ["order", "<form method=post action=/cart/add><input type=hidden name=product_id value=7><input name=qty value=1><button>Add to cart</button></form>"],
    ["consent", "<form method=post><p>Please read the terms and conditions of use.</p><input type=checkbox name=agree value=1> I accept the terms<button name=go value=1>Continue</button></form>"],
    ["login", "<div id=loginbox><h3>Members</h3><form method=post action=/go><input name=a><input type=password name=b><input type=submit name=loginButton value=Go></form></div>"],
    ["search", "<form id=siteSearchform action=/go><input name=a><input type=image src=go.png></form>"],
    ["recovery", "<form method=post action=/forgotpassword.php><input name=a placeholder='E-mail'><input type=submit value=Send></form>"],
    ["recovery", "<form method=post action=/go><input name=mail placeholder='Forgot your password? Your e-mail'><button>Send</button></form>"],
    ["newsletter", "<div class=newsletterBox><h4>Our newsletter</h4><form method=post action=/go><input name=mail placeholder=E-mail><button>OK</button></form></div>"],
    ["registration", "<form method=post action='/ucp.php?mode=register' id=agreement><p>Registration: by joining this forum you accept the terms and conditions.</p><input type=submit name=agreed value='I agree to these terms'><input type=submit name=not_agreed value='I do not agree'></form>"],
    ["other", "<form action=/language><select name=lang><option>English<option>Deutsch</select></form>"],
  ])("%s", (type, html) => {
    expect(typesOf(html)).toEqual([type]);
  }); // prettier-ignore

  test("a form that holds the whole page is not told by the menu it begins with", () => {
    const menu = "<a href=/login>Sign in</a> <a href=/register>Register</a> <a href=/forgot>Forgot your password?</a>";
    const news = "<p>The council met on Tuesday and heard three reports.</p>".repeat(80);

    expect(
      typesOf(`<form method=post>${menu}<input name=searchBox><input type=submit value=Go>${news}</form>`),
    ).toEqual(["search"]);
  });

  test("forms come in document order, each counted once", () => {
    const forms = findForms(
      pageOf("<form name=one><input name=q></form><div><form name=two><textarea name=t></textarea></form></div>"),
    );

    expect(forms.map(({ index, name }) => [index, name])).toEqual([[0, "one"], [1, "two"]]); // prettier-ignore
  });
});

describe("what fields are for", () => {
  test("of a log-in", () => {
    const [form] = findForms(pageOf("<form method=post action=/login><input name=username><input type=password name=pw><input type=password name=otp_token placeholder='One-time code'><input type=checkbox name=remember_me><input type=hidden name=csrf value=1><button>Log in</button></form>")); // prettier-ignore

    expect(form?.fields.map(({ role }) => role)).toEqual([
      "username",
      "password",
      "otp",
      "remember",
      "hidden",
      "submit",
    ]);
  });

  test("of a search with a period, labelled by the cells before", () => {
    const [form] = findForms(pageOf("<form action=/search><table><tr><td>Keyword<td><input name=kw><tr><td>Date from<td><input name=d1><tr><td>Date to<td><input name=d2></table><button>Search</button></form>")); // prettier-ignore

    expect(form?.fields.map(({ role, label }) => [role, label])).toEqual([
      ["query", "Keyword"],
      ["date-from", "Date from"],
      ["date-to", "Date to"],
      ["submit", "Search"],
    ]);
  });
});

describe("notices that must be accepted", () => {
  test("the boxes are ticked and the button that agrees is pressed", () => {
    const step = consentStep(
      pageOf("<form method=post action=/terms><p>Disclaimer: the conditions of use apply.</p><input type=hidden name=t value=9><input type=checkbox name=ok value=1> I agree<button name=b value=no>Decline</button><button name=b value=yes>I agree</button></form>"), // prettier-ignore
    );

    expect(step).toMatchObject({ kind: "form", role: "consent", url: "https://town.example/terms", fields: [["t", "9"], ["ok", "1"], ["b", "yes"]] }); // prettier-ignore
  });

  test("a page without a notice has nothing to accept", () => {
    expect(consentStep(pageOf("<form action=/search><input name=q><button>Continue</button></form>"))).toBeNull();
  });
});
