// example: what a maker reads in a kit's README and its example program, run
// for real.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { is, ok } from '../tap.mjs';
import { dateOf, day } from './answer.mjs';
import { now, Program, run } from './kit.mjs';

export const source = process.env.top_srcdir;
export const folderOf = (kit) => join(source, 'fcgi/client', kit);

// The lines of a README's first example, from one that has `first` to one that
// has `last`, without their indentation.
export function readme(kit, first, last) {
	const lines = readFileSync(join(folderOf(kit), 'README'), 'utf8')
		.split('\n');
	const from = lines.findIndex((line) => line.includes(first));
	const to = lines.findIndex((line, i) => i >= from && line.includes(last));
	return lines.slice(from, to + 1).map((line) => line.slice(4)).join('\n');
}

// Written with the program's folder where the README has its own.
export function write(path, text, folder) {
	writeFileSync(path, text.replace('/srv/calendar', folder));
	return path;
}

const trial = { fields: { code: 'TRIAL', key: 'missing',
	trial_end: dateOf(now + 30 * day) } };

export const program = (kit, what) =>
	new Program(kit, what, { line: 'http' });

const said = ({ code, out, err }) => `${code} ${out}${err}`;
const own = { TZ: 'UTC' };

// command(folder): the example program's argv.
export async function example(kit, command) {
	const tried = program(kit, trial);
	is(said(await run(command(tried.folder), own)),
		'0 Good morning.\n30 days of the trial are left.\n',
		`${kit}: the example runs in its trial`);
	const bought = program(kit);
	is(said(await run(command(bought.folder), own)), '0 Good morning.\n',
		`${kit}: and when it is bought`);
	is(said(await run(command(bought.folder), own)), '0 Good morning.\n',
		`${kit}: and again`);
	is(bought.asked.length, 1, `${kit}: having asked once`);
	const over = program(kit, { result: 'NG' });
	ok(/^1 .+\nPlease see https:\/\/shop.example\/license\?.*\n$/.test(
		said(await run(command(over.folder), own))),
	`${kit}: and says why it does not`);
	const alone = program(kit, { fault: '503 with Retry-After' });
	is(said(await run(command(alone.folder), own)), '1 The shop cannot be ' +
		'reached.\nPlease see https://shop.example/purchase\n',
	`${kit}: or that nothing is known`);
}

// The README's own lines: whether they show the page that they should.
export async function excerpt(kit, prepare) {
	const good = program(kit);
	const bad = program(kit, { result: 'NG' });
	const words = [];
	for (const { folder } of [good, bad])
		words.push((await run(await prepare(folder), own)).out);
	is(words.join(), ',license page\n', `${kit}: the README's lines`);
}
