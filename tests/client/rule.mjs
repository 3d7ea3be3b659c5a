// rule: when a kit asks, how long an answer counts, clocks, keys. Each is a
// short story of one program; numbers of rules are those of RULES.

import { is, ok } from '../tap.mjs';
import { dateOf, day } from './answer.mjs';
import { now, Program } from './kit.mjs';

const hour = 3600;
const year = 365 * day;
const away = { fault: '500' };
const valid = 'RUN VALID';
const warned = 'KEPT VALID';
const unknown = 'UNKNOWN -';

// A copy of the program, for another end of its story.
const copy = (from, what = from.plan, options = {}) =>
	new Program(from.kit, { ...what, asked: [] },
		{ ...from.ini, ...options, from });

async function kept(kit, what = {}, options = {}) {
	const program = new Program(kit, what, options);
	await program.start(0);
	return program;
}

// --- rules 2 and 3

const inOrder = ['v', 'product', 'serial', 'instance', 'key', 'version',
	'nonce', 'why'];

function question(kit, asked) {
	is([...new URLSearchParams(asked.body).keys()].sort().join(' '),
		[...inOrder].sort().join(' '), `${kit}: the fields of a question`);
	is([asked.v, asked.product, asked.serial, asked.instance, asked.key,
		asked.version, asked.why].join(),
	'1,groupware,2026-0001,abcdefghijklmnopqrstuvwxyz,,2.0,start',
	`${kit}: and what they say`);
	ok(/^[A-Za-z0-9_-]{32}$/.test(asked.nonce), `${kit}: 24 random bytes`);
	ok(asked.method === 'POST' && !asked.path.includes('?') &&
		/^accept: .*application\/jose/im.test(asked.head) &&
		/^content-type: application\/x-www-form-urlencoded/im
			.test(asked.head), `${kit}: POST, nothing in the URL`,
	asked.head);
}

async function askedWhen(kit) {
	const program = new Program(kit);
	const { asked } = program;
	for (let i = 0; i < 5; i++)
		await program.at(0);
	is(asked.length, 1, `${kit}: five starts, one question`);
	question(kit, asked[0]);
	await program.at(18 * hour - 60, 'daily');
	is(asked.length, 1, `${kit}: none before three quarters of a day`);
	await program.at(30 * hour + 60, 'daily');
	is(asked.length, 2, `${kit}: one after five quarters`);
	ok(asked[1].why === 'daily' && asked[1].nonce !== asked[0].nonce,
		`${kit}: why=daily, with a nonce of its own`);
	program.write({ version: '2.1' });
	await program.at(31 * hour);
	is(`${asked.length} ${asked[2]?.why} ${asked[2]?.version}`,
		'3 start 2.1', `${kit}: an update of the program asks at once`);
}

// By chance all six may ask within the same half: three times running, once in
// 260,000 runs.
async function jitter(kit) {
	let asking = 6;
	for (let i = 0; i < 3 && asking === 6; i++) {
		const six = await Promise.all([...Array(6)].map(() => kept(kit)));
		await Promise.all(six.map((program) => program.at(day, 'daily')));
		asking = six.filter(({ asked }) => asked.length === 2).length;
	}
	ok(asking < 6, `${kit}: six programs do not ask at the same time`);
}

// --- rule 11

// Seconds at which it asks, or not; the pause of 15 minutes is 450 to 1350.
async function patience(kit, from, what, steps) {
	const program = copy(from, what);
	let wrong = '';
	for (const [seconds, count] of steps) {
		await program.at(seconds, 'daily');
		if (program.asked.length !== count)
			wrong += ` at ${seconds}: ${program.asked.length}`;
	}
	return wrong;
}

async function backOff(kit) {
	const none = new Program(kit);
	const run = await kept(kit);
	is(await patience(kit, run, away, [[2 * day, 1], [2 * day + 430, 1],
		[2 * day + 1400, 2], [2 * day + 3100, 2], [2 * day + 6900, 3],
		[2 * day + 12200, 3], [2 * day + 23200, 4]]), '',
	`${kit}: pauses of 15 minutes, 1 hour, 3 hours`);
	is(await patience(kit, none, away, [[0, 1], [2, 1], [20, 2], [32, 2],
		[70, 3], [95, 3], [170, 4], [310, 4], [640, 5]]), '',
	`${kit}: 10, 30, 60, 300 seconds while it may not run`);
	is(await patience(kit, run, { ...away, retry: 40000 },
		[[2 * day, 1], [2 * day + 1400, 2]]), '',
	`${kit}: a 500 does not say when to come again`);
	for (const fault of ['429 with Retry-After', '503 with Retry-After']) {
		is(await patience(kit, run, { fault, retry: 40000 },
			[[2 * day, 1], [2 * day + 39900, 1], [2 * day + 40100, 2]]), '',
		`${kit}: ${fault} is heeded`);
		is(await patience(kit, none, { fault, retry: 9999999 },
			[[0, 1], [day - 60, 1], [day + 60, 2]]), '',
		`${kit}: ${fault}: at most a day`);
	}
	const back = copy(run, away);
	await back.at(2 * day);
	back.says({});
	await back.at(2 * day + 1400);
	back.says(away);
	is(await patience(kit, back, away, [[4 * day, 1], [4 * day + 1400, 2]]),
		'', `${kit}: an answer ends the count of failures`);
}

// --- how long it counts (rule 1)

async function bounds(kit) {
	const run = await kept(kit);
	const due = now + 3 * day;
	const noon = Date.parse(`${dateOf(due)}T12:00:00Z`) / 1000 - now;
	const owing = await kept(kit, { fields: { code: 'PAYMENT_DUE',
		ng_from: dateOf(due) } });
	const table = [[run, 7 * day - 60, valid], [run, 7 * day + 60, warned],
		[run, 14 * day - 60, warned], [run, 14 * day + 60, unknown],
		[owing, noon - 60, 'RUN PAYMENT_DUE'], [owing, noon + 60, unknown]];
	for (const [from, seconds, wanted] of table)
		is(await copy(from, away).at(seconds), wanted,
			`${kit}: after ${(seconds / day).toFixed(3)} days`);
	const ng = await kept(kit, { result: 'NG' });
	is(await copy(ng, away).at(year), 'STOP PAYMENT_OVERDUE',
		`${kit}: a signed NG does not grow old`);
}

// --- rule 10

async function clocks(kit) {
	const run = await kept(kit);
	const table = [[-hour, valid], [hour, valid], [-23 * hour, valid],
		[-25 * hour, warned], [-10 * year, warned], [10 * year, unknown]];
	for (const [seconds, wanted] of table) {
		const hours = `${seconds / hour} hours`;
		is(await copy(run, away).at(seconds), wanted,
			`${kit}: a clock set by ${hours}, nobody answers`);
		const heard = copy(run);
		is(await heard.at(seconds, 'start', { shop: 60 }), valid,
			`${kit}: a clock set by ${hours}, the shop answers`);
		is(heard.asked.length, seconds < 0 || seconds > day ? 1 : 0,
			`${kit}: a clock set by ${hours}: questions`);
	}
	const wild = copy(run, away);
	await wild.at(10 * year);
	is(await wild.says({}).at(60), valid,
		`${kit}: a clock that was far ahead is forgotten`);
}

// Years away from the shop's, but even.
async function wrongClock(kit, seconds) {
	const program = new Program(kit);
	const tell = (what) => `${kit}: ${seconds / year} years wrong: ${what}`;
	is(await program.at(seconds, 'start', { shop: 0 }), valid,
		tell('a fresh answer counts'));
	program.says(away);
	const later = [[2, valid], [8, warned], [15, unknown]];
	for (const [days, wanted] of later)
		is(await program.at(seconds + days * day), wanted,
			tell(`${days} days later`));
}

// --- two public keys (rules 5, 9)

async function rotation(kit) {
	const old = await kept(kit, {}, { keys: ['first'] });
	const table = [
		['old', ['first'], away, valid],
		['both', ['first', 'second'], away, valid],
		['both', ['second', 'first'], { pair: 'first' }, valid],
		['both', ['first', 'second'], { pair: 'second' }, valid],
		['new', ['second'], away, unknown],
		['new', ['second'], { pair: 'first' }, unknown],
		['new', ['second'], { pair: 'second' }, valid],
		['third', ['stranger', 'second', 'first'], away, unknown]];
	for (const [name, keys, what, wanted] of table)
		is(await copy(old, what, { keys }).at(2 * day), wanted,
			`${kit}: ${name} key, ${what.fault ?? what.pair}`);
	const over = copy(old, { pair: 'second' }, { keys: ['first', 'second'] });
	await over.at(2 * day);
	over.write({ keys: ['second'] });
	is(await over.says(away).at(3 * day), valid,
		`${kit}: kept by the new key, the old one goes`);
}

// --- rule 12

const wrong = { result: 'NG', fields: { code: 'KEY_UNKNOWN', key: 'wrong' } };
const ended = { result: 'NG', fields: { code: 'TRIAL_ENDED',
	key: 'missing' } };
const odd = 'A-1 &b=c+d%41;"\\\'$(x)`y`あ';

async function activation(kit) {
	const program = await kept(kit, ended);
	const { asked } = program;
	const typed = (key, what) => program.type(key).says(what)
		.at(60, 'activate');
	is(await typed('WRONG', wrong), 'STOP TRIAL_ENDED',
		`${kit}: a wrong key changes nothing`);
	is(await typed(` \t${odd}\r\n`, { fields: { revision: 6 } }), valid,
		`${kit}: the right one does, at once`);
	is(`${asked.at(-1).why} ${asked.at(-1).key}`, `activate ${odd}`,
		`${kit}: it is sent as typed, without the blanks around it`);
	is(await typed('WRONG', { ...wrong, fields: { ...wrong.fields,
		revision: 7 } }), valid, `${kit}: a wrong one later stops nothing`);
	await program.says({ fields: { revision: 6 } }).at(2 * day);
	is(`${asked.at(-1).why} ${asked.at(-1).key}`, `daily ${odd}`,
		`${kit}: the daily question brings the right key`);
}

async function activationEnds(kit) {
	const none = new Program(kit);
	const run = await kept(kit);
	const ng = (code, fields = {}) => ({ result: 'NG',
		fields: { code, ...fields } });
	const test = { head: { typ: 'kagiya-check-test' } };
	const table = [
		['a test\'s OK', none, test, unknown],
		['a test\'s NG', run, { ...test, ...ng('SUSPENDED') }, valid],
		['a key in another install', run, ng('INSTANCE_MISMATCH'), valid],
		['a key of another product', run, ng('PRODUCT_MISMATCH'), valid],
		['a revoked key', run, ng('KEY_REVOKED', { key: 'revoked' }), valid],
		['an unpaid key', run, ng('PAYMENT_OVERDUE'),
			'STOP PAYMENT_OVERDUE'],
		['an older answer', run, ng('SUSPENDED', { revision: 4 }), valid],
		['no answer', run, away, valid],
		['an unsigned OK', none, { fault: 'no signature' }, unknown]];
	for (const [name, from, what, wanted] of table)
		is(await copy(from, what).type('KEY').at(60, 'activate'), wanted,
			`${kit}: typed: ${name}`);
	const vain = copy(none, { fault: '503 with Retry-After', retry: 5000 });
	await vain.type('KEY').at(0, 'activate');
	is(await vain.says({}).at(1), valid,
		`${kit}: a typed key without an answer keeps nobody waiting`);
	is(vain.asked.at(-1).key, '', `${kit}: nor is it kept`);
}

const stories = [askedWhen, jitter, backOff, bounds, clocks, rotation,
	activation, activationEnds, (kit) => wrongClock(kit, 10 * year),
	(kit) => wrongClock(kit, -10 * year)];

export const rule = (kit) => Promise.all(stories.map((story) => story(kit)));
