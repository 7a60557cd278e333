// usage: node axe.mjs FILE.html...
// Opens each file at 320, 390 and 640 px, light and dark. Exit 1 on an accessibility violation, a remote load,
// horizontal overflow (H-2), or key points and figures that end below 1600 px at 390 px (B-3).
// SHOTS=DIR keeps screenshots.
import fs from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const axeSource = fs.readFileSync(new URL('./node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
const rules = { region: { enabled: false }, 'landmark-one-main': { enabled: false } };
const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'best-practice'];

async function problems(browser, file, width, scheme) {
  const page = await browser.newPage();
  const found = [];
  page.on('request', (request) => {
    if (!/^(file|data|cid|about):/.test(request.url())) found.push(`loads ${request.url()}`);
  });
  await page.setViewport({ width, height: 844, deviceScaleFactor: 2 });
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
  await page.goto('file://' + path.resolve(file));
  await page.addScriptTag({ content: axeSource });
  const run = await page.evaluate((options) => axe.run(document, options), { runOnly: tags, rules });
  for (const { id, nodes } of run.violations) found.push(`${id}: ${nodes[0].html.slice(0, 160)}`);
  const size = await page.evaluate(() => ({
    overflow: document.documentElement.scrollWidth > innerWidth,
    figuresEnd: document.querySelector('[data-sec=figures]')?.getBoundingClientRect().bottom ?? 0,
  }));
  if (size.overflow) found.push('scrolls horizontally');
  if (width === 390 && size.figuresEnd > 1600) found.push(`figures end at ${Math.round(size.figuresEnd)} px`);
  if (process.env.SHOTS) {
    const name = `${path.basename(file, '.html')}-${scheme}-${width}.png`;
    await page.screenshot({ path: path.join(process.env.SHOTS, name), fullPage: true });
  }
  await page.close();
  return found;
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND'],
});
let failed = false;
for (const file of process.argv.slice(2)) {
  for (const width of [320, 390, 640]) {
    for (const scheme of ['light', 'dark']) {
      for (const problem of await problems(browser, file, width, scheme)) {
        failed = true;
        console.log(`${file} at ${width} px, ${scheme}: ${problem}`);
      }
    }
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
