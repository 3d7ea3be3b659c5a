// browser: Chromium, TAP lines, and the forms of the shop by field name.

import { chromium } from 'playwright-core';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic',
	'--no-first-run', '--disable-background-networking',
	'--disable-component-update', '--disable-sync'];

let number = 0;
let failed = 0;

export function ok(good, what, detail) {
	number += 1;
	if (!good) failed += 1;
	console.log(`${good ? 'ok' : 'not ok'} ${number} - ${what}`);
	if (!good && detail !== undefined)
		console.log(`# ${String(detail).replaceAll('\n', '\n# ')}`);
	return good;
}

export function is(found, wanted, what) {
	return ok(found === wanted, what, `found ${found}\nwanted ${wanted}`);
}

export function finish() {
	console.log(`1..${number}`);
	process.exitCode = failed > 0 ? 1 : 0;
}

// The demo's addresses and logins, from its demo.env.
export function demo() {
	const lines = readFileSync(process.env.KAGIYA_DEMO_ENV, 'utf8');
	return Object.fromEntries(lines.split('\n')
		.map((line) => /^([A-Z_0-9]+)='?(.*?)'?$/.exec(line))
		.filter(Boolean).map(([, name, value]) => [name, value]));
}

export async function open(language, size) {
	const browser = await chromium.launch(
		{ executablePath: '/usr/bin/chromium', args: flags });
	const context = await browser.newContext({
		locale: language === 'ja' ? 'ja-JP' : 'en-GB',
		viewport: size ?? { width: 1280, height: 900 },
	});
	const page = await context.newPage();
	page.setDefaultTimeout(20000);
	return { browser, context, page };
}

// Fills fields by their names and sends the form they stand in.
export async function send(page, action, values) {
	const form = page.locator(`form[action*="${action}"][method="post" i]`)
		.filter({ has: page.locator(`[name="${Object.keys(values)[0]}"]`) })
		.first();
	for (const [name, value] of Object.entries(values)) {
		const field = form.locator(`[name="${name}"]`);
		const kind = await field.first().evaluate(
			(node) => `${node.tagName}:${node.type}`.toLowerCase());
		if (kind === 'select:select-one')
			await field.selectOption(value);
		else if (kind === 'input:radio')
			await form.locator(`[name="${name}"][value="${value}"]`).check();
		else if (kind === 'input:checkbox')
			await field.setChecked(Boolean(value));
		else
			await field.fill(value);
	}
	await Promise.all([page.waitForLoadState('load'),
		form.locator('button[type="submit"], button:not([type])').first()
			.click()]);
	await page.waitForLoadState('networkidle');
}

// The page's document, as any program gets it.
export async function document(page, address) {
	return page.evaluate(async (where) => {
		const answer = await fetch(where,
			{ headers: { Accept: 'application/xml' } });
		return answer.text();
	}, address);
}

// What axe finds on the page, a line each; '' for nothing. Evaluated by the
// debugger, for the pages' own policy lets no foreign script run.
export async function axe(page) {
	const source = readFileSync(
		new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');
	await page.evaluate(source);
	const found = await page.evaluate(() => window.axe.run(
		{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] }));
	return found.violations.map((violation) => `${violation.id}: ${
		violation.nodes.map((node) => node.target.join(' ')).join(', ')}`)
		.join('\n');
}

// Mails the demo kept, decoded: [{ to, text }]
export function mails(folder) {
	return readdirSync(folder).filter((name) => name.endsWith('.eml'))
		.map((name) => readFileSync(join(folder, name), 'utf8'))
		.map((mail) => {
			const [head, ...body] = mail.split('\n\n');
			return { to: /^To: <(.*)>$/m.exec(head)?.[1],
				text: Buffer.from(body.join(''), 'base64').toString() };
		});
}

// Until the condition gives something true; false after the time.
export async function until(condition, seconds = 30) {
	const end = Date.now() + seconds * 1000;
	for (;;) {
		const found = await condition();
		if (found || Date.now() > end) return found;
		await new Promise((resolve) => { setTimeout(resolve, 200); });
	}
}
