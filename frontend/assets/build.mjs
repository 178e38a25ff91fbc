/* Builds what the site serves from /static/dist: one style sheet, one script, the fonts and the
   sprite. Every name carries the hash of its content, so that browsers may keep it for a year;
   manifest.json tells the templates today's names. */

import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const modules = join(root, "node_modules");
const dist = join(here, "..", "static", "dist");
const work = join(dist, ".work");
const manifest = {};

function publish(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  const [stem, ...rest] = name.split(".");
  const file = `${stem}.${hash}.${rest.join(".")}`;
  mkdirSync(dirname(join(dist, file)), { recursive: true });
  writeFileSync(join(dist, file), content);
  if (!name.endsWith(".woff2")) {
    writeFileSync(join(dist, `${file}.br`), brotliCompressSync(content));
    writeFileSync(join(dist, `${file}.gz`), gzipSync(content, { level: 9 }));
  }
  manifest[name] = file;
  return file;
}

function styles() {
  const raw = join(work, "site.css");
  const cli = join(modules, "@tailwindcss", "cli", "dist", "index.mjs");
  const args = [cli, "-i", join(here, "styles", "site.css"), "-o", raw, "--minify"];
  execFileSync(process.execPath, args, { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const used = /url\(["']?(?:\.\/)?fonts\/([a-z0-9-]+\.woff2)["']?\)/g;
  return readFileSync(raw, "utf8").replace(used, (_, font) => {
    const file = join(modules, "@fontsource", "be-vietnam-pro", "files", font);
    return `url("./${publish(`fonts/${font}`, readFileSync(file))}")`;
  });
}

function bare(name) {
  const ours = readFileSync(join(here, name), "utf8");
  return ours.replace(/^\s*(\/\/.*)?\n/gm, "").replace(/^\s+/gm, "");
}

function script() {
  const htmx = readFileSync(join(modules, "htmx.org", "dist", "htmx.min.js"), "utf8");
  return `${htmx.replace(/\n?\/\/# sourceMappingURL.*/, "")}\n${bare("site.js")}`;
}

function sprite() {
  const names = readFileSync(join(here, "icons.txt"), "utf8").split("\n").filter(Boolean);
  const symbols = names.flatMap((name) => {
    const file = join(modules, "lucide-static", "icons", `${name}.svg`);
    const own = join(here, "icons", `${name}.svg`);
    const found = existsSync(own) ? own : file;
    const inner = readFileSync(found, "utf8").replace(/^[\s\S]*?<svg[^>]*>/, "");
    const body = inner.replace("</svg>", "").replace(/\s*\n\s*/g, "").replace(/ \/>/g, "/>");
    return `<symbol id="i-${basename(name)}" viewBox="0 0 24 24">${body}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" class="sprite" aria-hidden="true">${symbols.join("")}</svg>`;
}

rmSync(dist, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
publish("site.css", styles());
publish("site.js", script());
publish("workspace.js", bare("workspace.js"));
publish("icons.svg", sprite());
cpSync(join(modules, "lucide-static", "LICENSE"), join(dist, "icons-licence.txt"));
rmSync(work, { recursive: true, force: true });
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest, null, 1));
