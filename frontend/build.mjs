// Builds what the pages load into src/gouvernail/web/static/vendor. Run: npm ci && npm run build
import { build } from "esbuild";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";

const OUT = "../src/gouvernail/web/static/vendor";
// Hashed static files refuse a map that is not there.
const bare = (text) => text.replace(/\/[*/][#@] sourceMappingURL=.*?(\*\/|$)/gm, "");
const copy = async (from, to) => writeFile(`${OUT}/${to}`, bare(await readFile(`node_modules/${from}`, "utf8")));

await rm(OUT, { recursive: true, force: true });
await mkdir(`${OUT}/licences`, { recursive: true });
await copy("@tabler/core/dist/css/tabler.min.css", "tabler.min.css");
await copy("sortablejs/Sortable.min.js", "sortable.min.js");
for (const subset of ["latin", "latin-ext"]) {
  const file = `inter-${subset}-wght-normal.woff2`;
  await copyFile(`node_modules/@fontsource-variable/inter/files/${file}`, `${OUT}/${file}`);
}
await build({ entryPoints: ["charts.mjs"], bundle: true, minify: true, format: "iife", outfile: `${OUT}/echarts.min.js`, legalComments: "none" });

const names = (await readFile("icons.txt", "utf8")).split("\n").filter(Boolean);
const symbols = await Promise.all(names.map(async (name) => {
  const svg = await readFile(`node_modules/@tabler/icons/icons/outline/${name}.svg`, "utf8");
  const body = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s+/g, " ");
  return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
}));
await writeFile(`${OUT}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);

for (const [from, to] of [
  ["@tabler/icons/LICENSE", "tabler.txt"], ["sortablejs/LICENSE", "sortable.txt"],
  ["@fontsource-variable/inter/LICENSE", "inter.txt"], ["echarts/LICENSE", "echarts.txt"], ["echarts/NOTICE", "echarts-notice.txt"],
]) await copyFile(`node_modules/${from}`, `${OUT}/licences/${to}`);
