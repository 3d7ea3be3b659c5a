// kit: a program's folder as the shop's agent leaves it, and a kit's driver
// run before it, at any hour.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync }
	from 'node:fs';
import { join } from 'node:path';
import { pairs } from './answer.mjs';
import { plan, url } from './shop.mjs';

const here = new URL('.', import.meta.url).pathname;
const lab = process.env.LAB;
const ahead = readdirSync('/usr/lib').map((name) =>
	`/usr/lib/${name}/faketime/libfaketime.so.1`).find(existsSync);

// Hours are told in seconds from here on: the moment the tests began.
export const now = Math.floor(Date.now() / 1000);

// The environment of a process that begins at that hour.
export function past(seconds) {
	const then = new Date((now + seconds) * 1000).toISOString();
	return { LD_PRELOAD: ahead, TZ: 'UTC',
		FAKETIME: '@' + then.slice(0, 19).replace('T', ' '),
		FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1',
		FAKETIME_CACHE_DURATION: '0', FAKETIME_DISABLE_SHM: '1' };
}

// In the tree, or what the build made of a program in C.
export function driverOf(kit) {
	const script = join(here, 'driver', kit);
	return existsSync(script) ? script :
		join(process.env.top_builddir, 'tests/client/driver', kit);
}

// --- not more at once than the machine bears; who only waits is let in, too

const room = { busy: 4, waiting: 20 };
const queues = { busy: [], waiting: [] };

async function inTurn(kind, work) {
	if (room[kind] === 0)
		await new Promise((go) => queues[kind].push(go));
	else
		room[kind]--;
	try {
		return await work();
	} finally {
		const next = queues[kind].shift();
		if (next)
			next();
		else
			room[kind]++;
	}
}

// With all it has begun.
export function kill(child) {
	try {
		process.kill(-child.pid, 'SIGKILL');
	} catch {
		// it is over
	}
}

const words = ['RUN', 'STOP', 'KEPT', 'UNKNOWN'];

function start(command, env, options, ended) {
	const born = Date.now();
	const child = spawn(command[0], command.slice(1), { env:
		{ ...process.env, KAGIYA_TEST_CA: join(lab, 'ca.pem'), TMPDIR: lab,
			...env },
	stdio: ['ignore', 'pipe', 'pipe'], detached: true });
	const said = { out: '', err: '' };
	child.stdout.on('data', (bytes) => said.out += bytes);
	child.stderr.on('data', (bytes) => said.err += bytes);
	const timer = setTimeout(() => kill(child), 40000);
	child.on('close', (code, signal) => {
		clearTimeout(timer);
		ended({ ...said, code, signal,
			took: (Date.now() - born) / 1000 });
	});
	options.born?.(child);
}

export const run = (command, env = {}, options = {}) =>
	inTurn(options.waits ? 'waiting' : 'busy', () => new Promise((ended) =>
		start(command, env, options, ended)));

// What the driver decided, as "RUN VALID"; whatever else it did is said, too.
export function decision({ out, err, code, signal }) {
	const line = /^(RUN|STOP|KEPT|UNKNOWN) ([A-Z_]+|-)\n$/.exec(out);
	if (line === null || words.indexOf(line[1]) !== code)
		return `exit ${code ?? signal}: ${out}${err.slice(-300)}`;
	return `${line[1]} ${line[2]}`;
}

let programs = 0;

// A program of that kit. options.from: another program whose state it begins
// with; options.keys: who may sign; options.line: see shop.url.
export class Program {
	constructor(kit, what = {}, options = {}) {
		this.name = `p${++programs}`;
		this.kit = kit;
		this.folder = join(lab, this.name);
		this.plan = plan(this.name, what);
		this.ini = { line: 'https', keys: ['first', 'second'],
			serial: '2026-0001', version: '2.0', ...options };
		mkdirSync(this.folder);
		if (options.from && existsSync(options.from.state))
			cpSync(options.from.state, this.state, { recursive: true });
		this.write({});
	}

	get state() {
		return join(this.folder, 'state');
	}

	get asked() {
		return this.plan.asked;
	}

	write(change) {
		Object.assign(this.ini, change);
		const { line, keys, serial, version } = this.ini;
		writeFileSync(join(this.folder, 'kagiya-license.ini'),
			`check_url = "${url(this.name, line)}"\n` +
			`product = "groupware"\nserial = "${serial}"\n` +
			'instance = "abcdefghijklmnopqrstuvwxyz"\n' +
			`version = "${version}"\n` + keys.map((key) =>
				`public_key[] = "${pairs[key].raw}"\n`).join('') +
			'buy_url = "https://shop.example/purchase"\n');
	}

	// The shop's next answers.
	says(what) {
		this.plan = plan(this.name, { ...what, asked: this.plan.asked });
		return this;
	}

	type(key) {
		writeFileSync(join(this.folder, 'key.txt'), key);
		return this;
	}

	// One start at that hour, by the program's clock and by the shop's; now
	// when none is given, which is quicker. options.waits: most of it is
	// waiting; options.shop: the shop's hour.
	async start(seconds, why = 'start', options = {}) {
		this.plan.now = seconds === undefined ?
			Math.floor(Date.now() / 1000) :
			now + (options.shop ?? seconds);
		return run([driverOf(this.kit), this.folder, why],
			seconds === undefined ? {} : past(seconds), options);
	}

	async at(seconds, why, options) {
		return decision(await this.start(seconds, why, options));
	}
}
