import { describe, expect, it } from "vitest";
import { Turnstile } from "./turnstile.ts";

const never = new AbortController().signal;

describe("a turnstile", () => {
  it("lets the next one in when somebody leaves, in the order of arrival, and only once per leaving", async () => {
    const turnstile = new Turnstile(1);
    const leave = await turnstile.enter(never);
    const order: string[] = [];
    const second = turnstile.enter(never).then((leaveSecond) => (order.push("second"), leaveSecond));
    const third = turnstile.enter(never).then((leaveThird) => (order.push("third"), leaveThird));
    leave();
    leave();
    const leaveSecond = await second;
    expect(order).toEqual(["second"]);
    leaveSecond();
    await third;
    expect(order).toEqual(["second", "third"]);
  });

  it("does not keep a place for who gave up, and sends everybody away when it closes", async () => {
    const turnstile = new Turnstile(1);
    const leave = await turnstile.enter(never);
    const stop = new AbortController();
    const tired = turnstile.enter(stop.signal);
    const patient = turnstile.enter(never);
    stop.abort(new Error("tired"));
    await expect(tired).rejects.toThrow("tired");
    leave();
    await patient;
    const late = turnstile.enter(never);
    turnstile.close(new Error("closed"));
    await expect(late).rejects.toThrow("closed");
  });
});
