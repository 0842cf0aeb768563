import type { Tongue } from "./tongues.ts";

/** What stands around a list: head, menus, side bar, foot, as different systems make them. */
export type Shell = (tongue: Tongue, main: string, extra?: string) => string;

const links = (tongue: Tongue): string[] => tongue.menu.map((label, at) => `<a href="/m/${at}">${label}</a>`);
const head = ({ language, list, authority }: Tongue): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${list} | ${authority}</title></head>`;

/** A blog system with a side bar of recent news, which are records of another kind. */
export const blogShell: Shell = (
  tongue,
  main,
  extra = "",
) => `${head(tongue)}<body class="page-template wp-child-theme">
<header id="masthead"><a class="site-title" href="/">${tongue.authority}</a><ul id="primary-menu">${links(tongue)
  .map((link) => `<li class="menu-item">${link}</li>`)
  .join("")}</ul></header>
<div id="content"><article class="post type-page"><h1 class="entry-title">${tongue.list}</h1><div class="entry-content">${main}</div></article>
<aside id="secondary"><h2>News</h2><ul>${["12.01.2026", "09.01.2026", "20.12.2025"].map((date, at) => `<li><a href="/news/${at}">News ${at + 1}</a> <span class="post-date">${date}</span></li>`).join("")}</ul></aside></div>
<footer><p>© 2026 ${tongue.authority}</p><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer>${extra}</body></html>`;

/** An office suite's pages: tables for the layout, ids made by a machine. */
export const officeShell: Shell = (tongue, main, extra = "") => `${head(tongue)}<body>
<table id="s4-workspace" width="100%"><tr><td colspan="2"><h2>${tongue.authority}</h2></td></tr>
<tr><td id="s4-leftpanel" valign="top"><div class="ms-quicklaunch">${links(tongue)
  .map((link) => `<div>${link}</div>`)
  .join("")}</div></td>
<td id="MSO_ContentTable"><div class="ms-webpart-titleText"><h1>${tongue.list}</h1></div><div id="WebPartWPQ2">${main}</div></td></tr></table>
<div id="footer">${tongue.authority} · 2026</div>${extra}</body></html>`;

/** Components and utility classes whose names a build made. */
export const appShell: Shell = (tongue, main, extra = "") => `${head(tongue)}<body class="min-h-screen bg-white">
<div id="root"><div class="css-1x8dpa"><nav class="css-9k2ka1 flex">${links(tongue).join("")}</nav></div>
<main class="mx-auto max-w-7xl px-4"><h1 class="text-2xl font-bold">${tongue.list}</h1>${main}</main>
<footer class="css-77ab1"><small>${tongue.authority}</small></footer></div>${extra}</body></html>`;

/** Made by hand, long ago. */
export const oldShell: Shell = (tongue, main, extra = "") => `${head(tongue)}<body bgcolor="#ffffff">
<center><font size="5">${tongue.authority}</font><br>${links(tongue).join(" | ")}</center><hr>
<h2>${tongue.list}</h2>
${main}
<hr><font size="1">Webmaster</font>${extra}</body></html>`;

/** A public design system: skip link, bread crumbs, landmarks. */
export const designShell: Shell = (tongue, main, extra = "") => `${head(tongue)}<body class="js-enabled">
<a class="skip-link" href="#main">Skip</a><header role="banner"><a href="/">${tongue.authority}</a><nav aria-label="Menu"><ul>${links(
  tongue,
)
  .map((link) => `<li>${link}</li>`)
  .join("")}</ul></nav></header>
<nav class="breadcrumbs" aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li>${tongue.list}</li></ol></nav>
<main id="main"><h1>${tongue.list}</h1>${main}</main>
<footer role="contentinfo"><nav><a href="/accessibility">Accessibility</a> <a href="/contact">Contact</a></nav></footer>${extra}</body></html>`;
