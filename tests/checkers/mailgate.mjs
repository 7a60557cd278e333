// usage: node mailgate.mjs FILE.html...
// Exit 1 on a feature of HTML or CSS that a mail client does not support, outside caniemail-allow.json.
import fs from 'node:fs';
import { caniemail } from 'caniemail';

const clients = [
  'gmail.desktop-webmail', 'gmail.ios', 'gmail.android', 'apple-mail.ios', 'apple-mail.macos',
  'outlook.windows', 'outlook.macos', 'outlook.ios', 'outlook.android', 'yahoo.*',
  'samsung-email.android', 'protonmail.*', 'fastmail.*', 'thunderbird.*',
];
const allowed = new Set(JSON.parse(fs.readFileSync(new URL('./caniemail-allow.json', import.meta.url))));

/** Feature to the clients that lack it. */
function unsupported(file) {
  const missing = new Map();
  const { issues } = caniemail({ clients, html: fs.readFileSync(file, 'utf8') });
  for (const [client, list] of issues.errors) {
    for (const { title } of list) {
      if (!allowed.has(title)) missing.set(title, (missing.get(title) ?? new Set()).add(client));
    }
  }
  return missing;
}

let failed = false;
for (const file of process.argv.slice(2)) {
  for (const [title, lacking] of unsupported(file)) {
    failed = true;
    console.log(`${file}: ${title} is not supported by ${[...lacking].join(', ')}`);
  }
}
process.exit(failed ? 1 : 0);
