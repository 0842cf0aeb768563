// `npm run check:deploy`: has the tools that read deploy/ in earnest check it, those of them that this machine has.
//   promtool (Debian: prometheus), nginx (nginx-light) with openssl, kubernetes-validate (pip)
// With --install, as CI runs it, kubernetes-validate is fetched where it is missing: into a folder of its own, by pip.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./set-up/set-up.mjs";

const DEPLOY = join(ROOT, "deploy");
const LIMIT_MS = 60_000;
const INSTALL_LIMIT_MS = 250_000;
const KUBERNETES_VALIDATE = "kubernetes-validate==1.37.0";
const scratch = mkdtempSync(join(tmpdir(), "gleaner-deploy-"));
let failed = 0;

try {
  const monitoring = join(DEPLOY, "monitoring");
  check("promtool", ["check", "config", join(monitoring, "prometheus.yml")]);
  check("promtool", ["check", "rules", queriesOf(join(monitoring, "grafana", "gleaner.json"))]);
  check("promtool", ["test", "rules", join(monitoring, "alerts.test.yml")]);
  checkNginx(join(DEPLOY, "nginx"));
  checkManifests(join(DEPLOY, "kubernetes"));
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exitCode = failed === 0 ? 0 : 1;

function check(program, args, env = process.env) {
  const { error, status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", timeout: LIMIT_MS, env });
  const what = `${program} ${args.map((arg) => arg.replace(`${ROOT}/`, "")).join(" ")}`;
  if (error?.code === "ENOENT") return void console.log(`- ${what}: not here, not checked`);
  if (status === 0) return void console.log(`✓ ${what}`);
  failed += 1;
  console.log(`✗ ${what}\n${stdout}${stderr}`);
}

function checkManifests(folder) {
  const env = process.argv.includes("--install") ? withKubernetesValidate() : process.env;
  const manifests = readdirSync(folder).filter((name) => name !== "kustomization.yaml");
  for (const name of manifests) check("kubernetes-validate", ["--strict", "--quiet", join(folder, name)], env);
}

/** The environment in which it is found. Where it cannot be fetched either (no pip, no index), the check says so. */
function withKubernetesValidate() {
  if (spawnSync("kubernetes-validate", ["--version"], { timeout: LIMIT_MS }).status === 0) return process.env;
  const install = [join(ROOT, "scripts", "servers", "wheel.sh"), KUBERNETES_VALIDATE, "--with-dependencies"];
  const { status, stdout } = spawnSync("bash", install, { encoding: "utf8", timeout: INSTALL_LIMIT_MS });
  const folder = stdout?.trim();
  if (status !== 0 || !folder) return process.env;
  return { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}`, PYTHONPATH: folder };
}

/** Prometheus cannot read dashboards: each query becomes a rule, with a value where Grafana would put one. */
function queriesOf(dashboard) {
  const { panels } = JSON.parse(readFileSync(dashboard, "utf8"));
  const queries = panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  const rules = queries.map((expr, at) => ({ record: `dashboard:query:${at}`, expr }));
  const file = join(scratch, "queries.yml");
  writeFileSync(file, JSON.stringify({ groups: [{ name: "dashboard", rules }] }));
  return file;
}

/** With a certificate of its own, which is gone afterwards. */
function checkNginx(folder) {
  const prefix = join(scratch, "nginx");
  cpSync(folder, prefix, { recursive: true });
  mkdirSync(join(prefix, "certs"), { recursive: true });
  const [key, certificate] = ["tls.key", "tls.crt"].map((name) => join(prefix, "certs", name));
  const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"];
  const made = spawnSync("openssl", [...request, "-keyout", key, "-out", certificate], { timeout: LIMIT_MS });
  if (made.status !== 0) return void console.log("- nginx: openssl is not here, not checked");
  check("nginx", ["-t", "-q", "-e", "stderr", "-p", prefix, "-c", "nginx.conf"]);
}
