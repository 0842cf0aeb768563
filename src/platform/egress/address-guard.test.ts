import { describe, expect, it } from "vitest";
import { AddressGuard } from "./address-guard.ts";
import { privateRange } from "./address-rules.ts";

const PUBLIC = "93.184.215.14";
const guard = new AddressGuard({ resolve: async () => [PUBLIC] });

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return "allowed";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
};

describe("the address guard", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://0.0.0.0:8080/",
    "http://127.0.0.1./",
    "http://①②⑦.⓪.⓪.①/",
    "http://127。0。0。1/",
    "http://１２７．0｡0.1/",
    "http://0x7f.1/",
    "http://017700000001/",
    "http://2852039166/",
    "http://127.0.0.1\t/",
    "http:127.0.0.1/",
    "http:\\\\127.0.0.1\\",
    "http://loc%61lhost/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://192.168.1.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://100.64.0.1/",
    "http://100.100.100.200/",
    "http://168.63.129.16/",
    "http://224.0.0.1/",
    "http://255.255.255.255/",
    "http://198.18.0.1/",
    "http://192.0.2.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fc00::1]/",
    "http://[fd12:3456::1]/",
    "http://[ff02::1]/",
    "http://[2001:db8::1]/",
    "http://[3fff::1]/",
    "http://[5f00::1]/",
    "http://[fec0::1]/",
    "http://localhost/",
    "http://LOCALHOST./",
    "http://a.localhost/",
    "http://ｌocalhost/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://intranet/",
    "http://example.com:22/",
    "http://example.com:6667/",
  ])("refuses %s", (url) => {
    expect(codeOf(() => guard.checkUrl(url))).toBe("address_refused");
  });

  it.each([
    "ftp://example.com/",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
    "ws://example.com/",
    "http://user:pw@example.com/",
    "http://user@example.com/",
    "http://example.com@127.0.0.1/",
    "http://[::1%25lo]/",
    "http://[fe80::1%eth0]/",
    "http://",
    "http://256.256.256.256/",
    "example.com",
    "",
    `http://example.com/${"a".repeat(20_000)}`,
  ])("does not take %s for an address", (url) => {
    expect(codeOf(() => guard.checkUrl(url))).toBe("bad_url");
  });

  it.each([
    "http://example.com/",
    "https://example.com:8443/x",
    "http://93.184.215.14/",
    "http://[2606:4700::1111]/",
    "http://müller.example/",
  ])("lets %s through", (url) => {
    expect(codeOf(() => guard.checkUrl(url))).toBe("allowed");
  });

  it("never shows the password of an address in its message or details", () => {
    try {
      guard.checkUrl("http://user:hunter2@example.com/");
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain("hunter2");
    }
    expect.hasAssertions();
  });

  it("refuses a name when one of its addresses is private", async () => {
    const mixed = new AddressGuard({ resolve: async () => [PUBLIC, "10.0.0.1"] });
    await expect(mixed.check("http://mixed.example/")).rejects.toMatchObject({ code: "address_refused" });
  });

  it("says unreachable when a name does not resolve", async () => {
    const nowhere = new AddressGuard({ resolve: () => Promise.reject(new Error("ENOTFOUND")) });
    await expect(nowhere.check("http://nowhere.example/")).rejects.toMatchObject({ code: "unreachable" });
  });

  it("opens a host on one port only, if a port is given", () => {
    const open = new AddressGuard({ allowHosts: ["127.0.0.1:8123", "[::1]:9", "intranet", "Printer.Local"] });
    expect(codeOf(() => open.checkUrl("http://127.0.0.1:8123/"))).toBe("allowed");
    expect(codeOf(() => open.checkUrl("http://127.0.0.1:8124/"))).toBe("address_refused");
    expect(codeOf(() => open.checkUrl("http://127.0.0.2:8123/"))).toBe("address_refused");
    expect(codeOf(() => open.checkUrl("http://localhost:8123/"))).toBe("address_refused");
    expect(codeOf(() => open.checkUrl("http://intranet:81/"))).toBe("allowed");
    expect(codeOf(() => open.checkUrl("http://printer.local/"))).toBe("allowed");
  });

  it("opens hosts for a derived guard without opening them for the first", () => {
    const derived = guard.withAllowHosts(["localhost:5000"]);
    expect(codeOf(() => derived.checkUrl("http://localhost:5000/"))).toBe("allowed");
    expect(codeOf(() => guard.checkUrl("http://localhost:5000/"))).toBe("address_refused");
  });

  it.each(["*", "*.example.com", "http://example.com", "a/b", "host:0", "host:99999", "", "10.0.0.0/8", "a b"])(
    "does not open %s",
    (entry) => {
      expect(codeOf(() => new AddressGuard({ allowHosts: [entry] }))).toBe("bad_url");
    },
  );

  it("counts nothing outside global unicast as public", () => {
    expect(privateRange("4000::1")).toBe("reserved");
    expect(privateRange("240.0.0.1")).not.toBeNull();
    expect(privateRange("not an address")).not.toBeNull();
    expect(privateRange("8.8.8.8")).toBeNull();
  });
});
