// table: decision.txt, cell by cell: 0 deviations. What the signature settles
// is tried over nothing and over an OK; with KAGIYA_LONG set, over all states.

import { readFileSync } from 'node:fs';
import { ok } from '../tap.mjs';
import { day } from './answer.mjs';
import { content, faults } from './fault.mjs';
import { decision, Program } from './kit.mjs';
import { url } from './shop.mjs';

const states = ['none', 'lease', 'grace', 'over', 'NG'];
const codes = { RUN: 'VALID', KEPT: 'VALID', STOP: 'PAYMENT_OVERDUE',
	UNKNOWN: '-' };

// Those take as long as a question may: they wait beside the others.
const slow = ['nothing comes', 'ten seconds late', 'a byte now and then',
	'a body without end', 'a header without end'];
const far = ['mute', 'unroutable', 'no-name'];

export const rows = readFileSync(new URL('decision.txt', import.meta.url),
	'utf8').split('\n').filter((text) => text !== '' && text[0] !== '#')
	.map((text) => {
		const words = text.split(/ +/);
		const fault = words.slice(7).join(' ');
		if (faults[fault] === undefined)
			throw new Error(`decision.txt: no such fault: ${fault}`);
		return { cells: words.slice(0, 5), says: words[5],
			line: words[6], fault,
			waits: far.includes(words[6]) || slow.includes(fault) };
	});

// Seconds that a busy machine may add to what a question may take.
const slack = 4;

// A program of each state, that the cases begin as copies of.
async function keep(kit) {
	const kept = { none: new Program(kit) };
	const when = { lease: -2 * day, grace: -8 * day, over: -20 * day, NG: -3600 };
	await Promise.all(Object.entries(when).map(async ([state, offset]) => {
		kept[state] = new Program(kit, { result: state === 'NG' ? 'NG' :
			'OK' });
		const got = await kept[state].at(offset);
		ok(got === (state === 'NG' ? 'STOP PAYMENT_OVERDUE' : 'RUN VALID'),
			`${kit}: what is kept: ${state}`, got);
	}));
	return kept;
}

const other = (state) => state === 'lease' || state === 'grace' ? 'NG' : 'OK';

async function cell(kit, kept, row, state) {
	const wanted = row.cells[states.indexOf(state)];
	const program = new Program(kit, { fault: row.fault,
		result: row.says === 'other' ? other(state) : row.says,
		pair: row.fault === 'the second key' ? 'second' : 'first' },
	{ from: kept[state], line: row.line });
	const good = new Program(kit, { result: other(state) });
	program.plan.elsewhere = url(good.name);
	const end = await program.start(undefined, 'daily', { waits: row.waits });
	const got = decision(end);
	const limit = other(state) === 'NG' ? 2 : 5;
	return { good: got === `${wanted} ${codes[wanted]}` &&
			end.took < limit + slack,
		what: `${kit}: ${state}: ${row.line}, ${row.fault}`,
		detail: `says ${row.says}: got ${got}, wanted ${wanted}, ` +
			`after ${end.took} of ${limit} seconds` };
}

export async function table(kit) {
	const kept = await keep(kit);
	const cases = rows.flatMap((row) => states
		.filter((state) => process.env.KAGIYA_LONG || !content[row.fault] ||
			state === 'none' || state === 'lease')
		.map((state) => ({ row, state })));
	cases.sort((a, b) => Number(b.row.waits) - Number(a.row.waits));
	const results = await Promise.all(cases.map(({ row, state }) =>
		cell(kit, kept, row, state)));
	for (const result of results)
		ok(result.good, result.what, result.detail);
}
