// hard: many processes at once, disks that refuse, files that are damaged,
// processes that are killed while they write.

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync }
	from 'node:fs';
import { join } from 'node:path';
import { is, ok, skip } from '../tap.mjs';
import { day, resigned } from './answer.mjs';
import { driverOf, kill, now, past, Program, run } from './kit.mjs';

const away = { fault: '500' };
const valid = 'RUN VALID';
const unknown = 'UNKNOWN -';
const overdue = 'STOP PAYMENT_OVERDUE';

const copy = (from, what, options = {}) => new Program(from.kit, what,
	{ ...options, from });

const files = ({ state }) => readdirSync(state).map((name) =>
	join(state, name)).filter((path) => statSync(path).isFile());

const mode = (path) => (statSync(path).mode & 0o777).toString(8);

// --- many at once (rule 13)

async function atOnce(program, count, seconds) {
	const all = await Promise.all([...Array(count)].map(() =>
		program.at(seconds, 'start', { waits: true })));
	return [...new Set(all)].join('; ');
}

export async function many(kit) {
	const lease = new Program(kit);
	await lease.start(0);
	const first = new Program(kit, { fault: 'a little late' });
	is(await atOnce(first, 20, 0), valid, `${kit}: twenty first starts`);
	ok(first.asked.length <= 3, `${kit}: at most three of them ask`,
		`${first.asked.length} did`);
	is(await first.says(away).at(2 * day), valid,
		`${kit}: what they kept is whole`);
	const again = copy(lease, { fault: 'a little late' });
	is(await atOnce(again, 12, 2 * day), valid, `${kit}: twelve on a day`);
	ok(again.asked.length <= 3, `${kit}: at most three of them ask`,
		`${again.asked.length} did`);
	const vain = new Program(kit, { fault: 'nothing comes' });
	is(await atOnce(vain, 12, 0), unknown, `${kit}: twelve without an answer`);
	ok(vain.asked.length <= 3, `${kit}: at most three of them ask`,
		`${vain.asked.length} did`);
}

// --- files (rule 9)

function modes(kit, lease) {
	is([...new Set(files(lease).map(mode))].join(), '600',
		`${kit}: the files are their owner's`);
	is(mode(lease.state), '700', `${kit}: so is the folder`);
}

// Whatever was done to the files, the answer is absent, and then back.
async function spoiled(kit, lease, what, change) {
	const program = copy(lease, away);
	for (const path of files(program)) {
		const bytes = change(readFileSync(path));
		if (bytes !== null)
			writeFileSync(path, bytes);
	}
	is(await program.at(2 * day), unknown, `${kit}: ${what}: as absent`);
	return program;
}

// Another signed text stands where the answer stood.
const instead = (head) => (bytes) => {
	const text = bytes.toString('latin1');
	const jws = /[\w-]+\.eyJ[\w-]+\.[\w-]{86}/.exec(text)?.[0];
	return jws === undefined ? null : text.replace(jws,
		resigned(jws, head));
};

// A letter in the middle of the kept payload.
const flipped = (bytes) => {
	const at = bytes.indexOf('.eyJ');
	if (at >= 0)
		bytes[at + 200] = bytes[at + 200] === 0x41 ? 0x42 : 0x41;
	return bytes;
};

async function damage(kit, lease) {
	await spoiled(kit, lease, 'a flipped letter', flipped);
	await spoiled(kit, lease, 'empty', () => '');
	await spoiled(kit, lease, 'cut', (bytes) =>
		bytes.subarray(0, bytes.length / 2));
	await spoiled(kit, lease, 'zeros', (bytes) => Buffer.alloc(bytes.length));
	await spoiled(kit, lease, 'a test\'s answer',
		instead({ typ: 'kagiya-check-test' }));
	await spoiled(kit, lease, 'a job', instead({ typ: 'kagiya-job' }));
	await spoiled(kit, lease, 'text', () => 'a=b\n\n{"jws":[1]}\n');
	const last = await spoiled(kit, lease, 'a megabyte',
		() => 'A'.repeat(1 << 20));
	is(await last.says({}).at(2 * day + 60), valid,
		`${kit}: a damaged answer is made anew`);
	is(await copy(lease, away, { serial: '2026-0002' }).at(day), unknown,
		`${kit}: another program's answer is as absent`);
	const test = copy(lease, { head: { typ: 'kagiya-check-test' },
		result: 'NG' });
	is(await test.at(2 * day), valid, `${kit}: a test's answer is not kept`);
	is(await test.says(away).at(3 * day), valid, `${kit}: nor found later`);
}

// --- disks

const inside = process.getuid() === 0 ? ['unshare', '-m'] :
	['unshare', '-r', '-m'];

function mountable() {
	try {
		execFileSync(inside[0], [...inside.slice(1), 'sh', '-c',
			`mount -t tmpfs -o size=64k tmpfs '${process.env.LAB}'`],
		{ stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

// Starts behind the script that mounts; it gets folder and driver as $1, $2,
// and `away` makes the shop unreachable.
async function mounted(program, seconds, script) {
	program.plan.now = now + seconds;
	const spare = join(program.folder, 'away.ini');
	const ini = join(program.folder, 'kagiya-license.ini');
	writeFileSync(spare, readFileSync(ini, 'utf8')
		.replace(/https:[^"]*/, 'http://127.0.0.1:1/'));
	const text = `away() { mount --bind "$1/away.ini" "$1/kagiya-license.ini"; }
		set -e; ${script}`;
	const { out, err } = await run([...inside, 'sh', '-c', text, 'sh',
		program.folder, driverOf(program.kit)], past(seconds));
	return out.trim().replace(/\n/g, '; ') || err;
}

const readOnly = `mount --bind "$1" "$1"
	mount -o remount,bind,ro "$1"`;
const full = `mkdir -p "$1/state"; cp -r "$1/state" "$1/state.old"
	mount -t tmpfs -o size=64k,mode=700 tmpfs "$1/state"
	cp -r "$1/state.old/." "$1/state"
	dd if=/dev/zero of="$1/state/fill" bs=1k 2>/dev/null || :`;
const once = '"$2" "$1" start || :';

async function disks(kit, lease) {
	if (!mountable()) {
		skip(`${kit}: read-only and full disks`, 'nothing can be mounted');
		return;
	}
	const ng = { result: 'NG' };
	const table = [
		['read-only, nothing kept', new Program(kit), readOnly, valid],
		['read-only, an OK kept', copy(lease, ng), readOnly, overdue],
		['full, nothing kept', new Program(kit), full, valid],
		['full, an OK kept', copy(lease, ng), full, overdue]];
	for (const [name, program, mount, wanted] of table)
		is(await mounted(program, 2 * day, `${mount}\n${once}`), wanted,
			`${kit}: ${name}: the answer counts`);
	for (const [name, mount] of [['read-only', readOnly], ['full', full]])
		is(await mounted(copy(lease, {}), 2 * day,
			`${mount}\naway "$1"\n${once}\n${once}`), `${valid}; ${valid}`,
		`${kit}: ${name}: what is kept counts`);
	const got = await mounted(copy(lease, ng), 2 * day,
		`${full}\n${once}\naway "$1"\n${once}`);
	ok(got === `${overdue}; ${overdue}` || got === `${overdue}; ${valid}`,
		`${kit}: full: what was kept is not lost`, got);
}

// --- killed (rule 9)

async function killed(kit, lease) {
	const usual = files(lease).length;
	let wrong = '';
	await Promise.all([...Array(8)].map(async (_, i) => {
		const program = copy(lease, { fields: { revision: 6 } });
		let child;
		program.plan.heard = () => setTimeout(() => kill(child), i * 3);
		await program.start(2 * day, 'start', { born: (c) => child = c });
		const got = await program.says(away).at(2 * day);
		if (got !== valid)
			wrong += ` ${i}: ${got};`;
		program.says({});
		await program.at(6 * day);
		if (files(program).length > usual + 1)
			wrong += ` ${i}: ${files(program)};`;
	}));
	is(wrong, '', `${kit}: killed while it writes, eight times`);
}

export async function hard(kit) {
	const lease = new Program(kit);
	await lease.start(0);
	if (!existsSync(lease.state)) {
		ok(false, `${kit}: keeps its state in FOLDER/state`);
		return;
	}
	modes(kit, lease);
	await Promise.all([damage, disks, killed].map((story) =>
		story(kit, lease)));
}
