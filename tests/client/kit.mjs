// kit: a program's folder as the shop's agent leaves it, and a kit's driver
// run before it, at any hour.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync }
	from 'node:fs';
import { join } from 'node:path';
import { pairs } from './answer.mjs';
import { plan, url } from './shop.mjs';

const here = new URL('.', import.meta.url).pathname;
const lab = process.env.LAB;
const ahead = readdirSync('/usr/lib').map((name) =>
	`/usr/lib/${name}/faketime/libfaketime.so.1`).find(existsSync);

// The environment of a process that lives at that hour: "-2d", "+10y".
export function past(offset) {
	return offset === '' ? {} : { LD_PRELOAD: ahead, FAKETIME: offset,
		FAKETIME_DONT_FAKE_MONOTONIC: '1', DONT_FAKE_MONOTONIC: '1',
		FAKETIME_DISABLE_SHM: '1' };
}

const seconds = { s: 1, h: 3600, d: 86400, y: 31536000 };
export const secondsOf = (offset) => offset === '' ? 0 :
	Number(offset.slice(0, -1)) * seconds[offset.slice(-1)];

export const driverOf = (kit) => join(here, 'driver', kit);

// --- not more at once than the machine bears; who only waits is let in, too

const room = { busy: 6, waiting: 40 };
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

const words = ['RUN', 'STOP', 'KEPT', 'UNKNOWN'];

function start(command, env, options, ended) {
	const child = spawn(command[0], command.slice(1), { env:
		{ ...process.env, KAGIYA_TEST_CA: join(lab, 'ca.pem'), ...env },
	stdio: ['ignore', 'pipe', 'pipe'] });
	const said = { out: '', err: '' };
	child.stdout.on('data', (bytes) => said.out += bytes);
	child.stderr.on('data', (bytes) => said.err += bytes);
	const timer = setTimeout(() => child.kill('SIGKILL'), 40000);
	child.on('close', (code, signal) => {
		clearTimeout(timer);
		ended({ ...said, code, signal });
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
			version: '2.0', ...options };
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
		const { line, keys, version } = this.ini;
		writeFileSync(join(this.folder, 'kagiya-license.ini'),
			`check_url = "${url(this.name, line)}"\n` +
			'product = "groupware"\nserial = "2026-0001"\n' +
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

	// One start at that hour; the shop's clock goes with it unless shop says
	// otherwise.
	async at(offset, why = 'start', options = {}) {
		this.plan.offset = secondsOf(options.shop ?? offset);
		return decision(await run([driverOf(this.kit), this.folder, why],
			past(offset), options));
	}
}

export const files = (folder) => readdirSync(folder).map((name) =>
	join(folder, name)).filter((path) => statSync(path).isFile());
