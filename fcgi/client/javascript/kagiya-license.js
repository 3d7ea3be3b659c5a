// kagiya-license: asks a Kagiya shop whether this program may run, remembers
// the signed answer and lives through the shop's absence. One ES module, Node
// 18+, no dependency. What it does is told in fcgi/client/RULES.

import { createHash, createPublicKey, randomBytes, randomInt, verify }
	from 'node:crypto';
import * as fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const limit = 65536;
const hour = 3600;
const day = 24 * hour;

// Seconds a question may take: the program could run already, nothing counts,
// a person waits.
const patient = 2;
const urgent = 5;
const typed = 10;

export const Decision = Object.freeze({
	RUN: 'RUN',		// a signed OK that is young enough
	STOP: 'STOP',		// a signed NG
	KEPT: 'KEPT',		// the shop is away; its last OK still counts
	UNKNOWN: 'UNKNOWN',	// no signed answer that still counts
});

const clock = () => Math.floor(Date.now() / 1000);
const trim = (text) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;

// Noon UTC of YYYY-MM-DD, in seconds; far away for no day.
function noon(date) {
	if (date === '')
		return Infinity;
	const [year, month, number] = date.split('-').map(Number);
	return Date.UTC(year, month - 1, number, 12) / 1000;
}

// So many percent by chance, so that a thousand programs do not ask at once.
const about = (seconds, least, most) =>
	Math.ceil(seconds * randomInt(least, most + 1) / 100);

// Strict base64url without padding, or an exception.
function unbase64(text) {
	const bytes = Buffer.from(text, 'base64url');
	if (bytes.toString('base64url') !== text)
		throw new SyntaxError('not base64url');
	return bytes;
}

// --- JSON: what JSON.parse() lets through, and here is wrong

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

// Of valid JSON, [name, value] of the outermost object, as they are written; of
// a value with parts only its first sign.
function* written(text) {
	let depth = 0;
	let name = null;
	let isValue = false;
	for (const [word] of text.matchAll(token)) {
		if (word === '}' || word === ']')
			depth--;
		if (depth === 1 && word === ',') {
			name = null;
		} else if (depth === 1 && word === ':') {
			isValue = true;
		} else if (depth === 1 && name === null) {
			name = JSON.parse(word);
		} else if (isValue) {
			yield [name, word];
			isValue = false;
		}
		if (word === '{' || word === '[')
			depth++;
	}
}

const isHalf = (value) => typeof value === 'string' &&
	/\p{Surrogate}/u.test(value);

function refuseHalves(name, value) {
	if (isHalf(name) || isHalf(value))
		throw new SyntaxError('half a character');
	return value;
}

// A map in which no name stood twice; 1.0 and 1e3 are no numbers.
function readObject(bytes) {
	const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
		.decode(bytes);
	const value = JSON.parse(text, refuseHalves);
	const members = new Map();
	if (typeof value !== 'object' || value === null || Array.isArray(value))
		throw new SyntaxError('not an object');
	for (const [name, word] of written(text)) {
		if (members.has(name))
			throw new SyntaxError(`${name} stands twice`);
		members.set(name, /^-?\d+[.eE]/.test(word) ? null : value[name]);
	}
	return members;
}

// --- the answer

const texts = ['result', 'code', 'key', 'product', 'serial', 'instance', 'nonce',
	'trial_end', 'ng_from', 'latest', 'text', 'url'];
const numbers = ['permission', 'users', 'iat', 'next_check', 'cache_until',
	'grace_until', 'revision', 'notices'];
const date = /^([1-9]\d{3}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/;
const forms = { result: /^(OK|NG)$/, code: /^[A-Z_]{1,40}$/, trial_end: date,
	ng_from: date };

// Nothing is read before the signature is right, so nothing in the answer can
// choose how it is checked.
function signerOf(signed, signature, keys) {
	const signer = keys.find((key) => verify(null, Buffer.from(signed),
		createPublicKey({ format: 'jwk', key: { kty: 'OKP',
			crv: 'Ed25519', x: key.toString('base64url') } }),
		signature));
	if (signer === undefined)
		throw new SyntaxError('not signed by the shop');
	return signer;
}

const kidOf = (key) => createHash('sha256').update(key).digest()
	.subarray(0, 8).toString('base64url');

// Is it to a TEST- key?
function isTest(head, signer) {
	const typ = head.get('typ');
	if (head.get('alg') !== 'EdDSA' || head.get('kid') !== kidOf(signer) ||
	    (typ !== 'kagiya-check' && typ !== 'kagiya-check-test') ||
	    head.has('crit'))
		throw new SyntaxError('another header');
	return typ === 'kagiya-check-test';
}

function fieldsOf(payload) {
	for (const name of texts)
		if (typeof payload.get(name) !== 'string')
			throw new SyntaxError(`${name} is no text`);
	for (const name of numbers)
		if (!isCount(payload.get(name)))
			throw new SyntaxError(`${name} is no number`);
	for (const [name, form] of Object.entries(forms))
		if (!form.test(payload.get(name)))
			throw new SyntaxError(`${name} is none`);
	return Object.fromEntries([...texts, ...numbers].map((name) =>
		[name, payload.get(name)]));
}

// A verdict whose signature was checked. Nothing else makes one. It is exported
// for the tests: programs get theirs from a License.
export class Answer {
	constructor(jws, test, fields) {
		Object.assign(this, { jws, isTest: test }, fields);
		Object.freeze(this);
	}

	get isOk() {
		return this.result === 'OK';
	}

	// null unless one of the raw Ed25519 keys signed it and it is whole.
	static read(jws, keys) {
		try {
			const [head, payload, signature, more] = jws.split('.');
			if (signature === undefined || more !== undefined)
				return null;
			const signer = signerOf(`${head}.${payload}`,
				unbase64(signature), keys);
			return new Answer(jws,
				isTest(readObject(unbase64(head)), signer),
				fieldsOf(readObject(unbase64(payload))));
		} catch {
			return null;
		}
	}

	isFor(ini, nonce = this.nonce) {
		return this.product === ini.product && this.nonce === nonce &&
			this.serial === ini.serial &&
			this.instance === ini.instance;
	}
}

// --- kagiya-license.ini, as PHP's parse_ini_file() reads it in raw mode

// Between quotes nothing is special, and quoted parts side by side are one
// value; without them a comment ends it.
function unquote(value) {
	const parts = /^(?:"[^"]*"|'[^']*')+/.exec(value);
	return parts === null ? trim(value.split(';')[0]) :
		parts[0].replace(/"([^"]*)"|'([^']*)'/g, '$1$2');
}

function keyOf(text) {
	try {
		return unbase64(text);
	} catch {
		return Buffer.alloc(0);
	}
}

function readIni(directory) {
	const path = join(directory, 'kagiya-license.ini');
	const ini = { check_url: '', product: '', serial: '', instance: '',
		version: '', buy_url: '', keys: [] };
	for (const text of fs.readFileSync(path, 'utf8').split('\n')) {
		const line = trim(text);
		const at = line.indexOf('=');
		const name = trim(line.slice(0, Math.max(at, 0)));
		if (at < 0 || /^[;[]/.test(line))
			continue;
		const value = unquote(trim(line.slice(at + 1)));
		if (name === 'public_key[]')
			ini.keys.push(keyOf(value));
		else if (name !== 'keys' && Object.hasOwn(ini, name))
			ini[name] = value;
	}
	ini.keys = ini.keys.filter((key) => key.length === 32).slice(0, 2);
	for (const name of ['check_url', 'product', 'serial', 'instance', 'keys'])
		if (ini[name].length === 0)
			throw new Error(`${path}: no ${name}`);
	return ini;
}

// --- the folder with the key and the answer, for the owner's eyes only, and
// the same in memory where nothing can be written

const { O_RDONLY, O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK } =
	fs.constants;

class Store {
	#folder;
	#unwritten = new Map();
	#told = false;

	constructor(folder) {
		this.#folder = folder;
	}

	#path(name) {
		return join(this.#folder, name);
	}

	read(name) {
		return this.#unwritten.get(name) ?? this.#readFile(name);
	}

	#readFile(name) {
		const bytes = Buffer.alloc(limit);
		let file;
		try {
			file = fs.openSync(this.#path(name),
				O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
			return fs.fstatSync(file).isFile() ? bytes.subarray(0,
				fs.readSync(file, bytes, 0, limit, 0)) :
				Buffer.alloc(0);
		} catch {
			return Buffer.alloc(0);
		} finally {
			if (file !== undefined)
				fs.closeSync(file);
		}
	}

	write(name, text) {
		try {
			this.#replace(name, text);
			this.#unwritten.delete(name);
		} catch (error) {
			this.#unwritten.set(name, Buffer.from(text));
			this.#tell(error);
		}
	}

	// Written beside and renamed: a reader sees the old or the new.
	#replace(name, text) {
		const beside = this.#path(`${name}.new`);
		fs.rmSync(beside, { force: true });	// of one who was killed
		try {
			this.#create(beside, text);
			fs.renameSync(beside, this.#path(name));
		} catch (error) {
			fs.rmSync(beside, { force: true });
			throw error;
		}
	}

	#create(path, text) {
		const file = fs.openSync(path,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
		try {
			fs.writeFileSync(file, text);
			fs.fsyncSync(file);
		} finally {
			fs.closeSync(file);
		}
	}

	#tell(error) {
		if (!this.#told)
			process.emitWarning(`nothing can be kept in ` +
				`${this.#folder}: ${error.code}`, 'KagiyaWarning');
		this.#told = true;
	}

	// One process asks, the others go on with what is kept. Node has no
	// flock(): the lock is a file that says which process holds it, and since
	// when. { taken } tells whether it stayed another's; unlock() belongs to it.
	async lock(seconds) {
		const mark = `${process.pid} ${clock()} ${randomInt(2 ** 32)}`;
		const end = performance.now() + seconds * 1000;
		try {
			fs.mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
			while (!this.#takeLock(mark)) {
				if (performance.now() >= end)
					return { taken: true, unlock() {} };
				await pause(20);
			}
		} catch {
			return { taken: false, unlock() {} };
		}
		return { taken: false, unlock: () => this.#unlock(mark) };
	}

	#takeLock(mark) {
		const path = this.#path('lock');
		if (isStale(this.#readFile('lock').toString(), path))
			fs.rmSync(path, { force: true });
		try {
			this.#create(path, mark);
			return true;
		} catch (error) {
			if (error.code === 'EEXIST')
				return false;
			throw error;
		}
	}

	#unlock(mark) {
		if (this.#readFile('lock').toString() === mark)
			fs.rmSync(this.#path('lock'), { force: true });
	}
}

// A lock of a process that is gone, or that holds it longer than a question can
// take. Who was killed at once left an empty one.
function isStale(mark, path) {
	const [holder, since] = mark.split(' ').map(Number);
	const made = since ??
		fs.statSync(path, { throwIfNoEntry: false })?.mtimeMs / 1000;
	return Math.abs(clock() - made) > 30 || (holder > 0 && !isAlive(holder));
}

function isAlive(number) {
	try {
		return process.kill(number, 0);
	} catch (error) {
		return error.code === 'EPERM';
	}
}

// --- the wire: one form by POST, no redirect followed, a limit on time and on
// size

const nothing = { body: null, retry: 0 };

// Seconds only: a date would be by another's clock.
function answerOf(reply, bytes) {
	const retry = /^\d+$/.exec(reply.headers['retry-after'] ?? '');
	if (reply.statusCode === 429 || reply.statusCode === 503)
		return { body: null, retry: Number(retry?.[0] ?? 0) };
	return reply.complete && reply.statusCode === 200 ?
		{ body: trim(bytes.toString('latin1')), retry: 0 } : nothing;
}

function take(reply, done) {
	const parts = [];
	let length = 0;
	reply.on('error', () => done(nothing));
	reply.on('data', (part) => {
		parts.push(part);
		length += part.length;
		if (length > limit)
			done(nothing);
	});
	reply.on('close', () => done(answerOf(reply, Buffer.concat(parts))));
}

function requestOf(url, length, ca) {
	const secure = /^https:/i.test(url);
	return (secure ? https : http).request(url, { method: 'POST',
		agent: false, ca, rejectUnauthorized: true, minVersion: 'TLSv1.2',
		headers: { 'Accept': 'application/jose', 'Content-Length': length,
			'Content-Type': 'application/x-www-form-urlencoded' } });
}

// An address that is none ends in `nothing`, too.
function post(url, form, seconds, ca) {
	const body = new URLSearchParams(form).toString();
	return new Promise((resolve) => {
		const request = requestOf(url, Buffer.byteLength(body), ca);
		const timer = setTimeout(() => done(nothing), seconds * 1000);
		const done = (what) => {
			clearTimeout(timer);
			resolve(what);
			request.destroy();
		};
		request.on('error', () => done(nothing));
		request.on('response', (reply) => take(reply, done));
		request.end(body);
	}).catch(() => nothing);
}

// --- the kept answer with the times that belong to it

const times = ['received', 'asked', 'ask_at', 'retry_at', 'failures'];

class State {
	constructor(bytes, ini) {
		let kept = new Map();
		try {
			kept = readObject(bytes);
		} catch {
			// damaged is as absent
		}
		const jws = kept.get('jws');
		const answer = typeof jws === 'string' ?
			Answer.read(jws, ini.keys) : null;
		this.answer = answer !== null && !answer.isTest &&
			answer.isFor(ini) ? answer : null;
		this.version = kept.get('version');
		for (const name of times)
			this[name] = isCount(kept.get(name)) ? kept.get(name) : 0;
		this.received ||= this.answer?.iat ?? 0;
	}

	text() {
		return JSON.stringify({ version: this.version, ...Object.fromEntries(
			times.map((name) => [name, this[name]])),
		jws: this.answer?.jws }) + '\n';
	}

	// The shop's time: what it signed, and what has passed here since. A local
	// clock that is wrong, or was set back, gains nobody a day.
	time(now) {
		return this.answer.iat + Math.max(0, now - this.received);
	}

	decide(now) {
		if (this.answer === null)
			return Decision.UNKNOWN;
		if (!this.answer.isOk)
			return Decision.STOP;
		const time = this.time(now);
		if (time > this.answer.grace_until ||
		    time >= noon(this.answer.ng_from))
			return Decision.UNKNOWN;
		return time > this.answer.cache_until ||
			now < this.received - day ? Decision.KEPT : Decision.RUN;
	}

	counts(now) {
		return mayRun(this.decide(now));
	}

	isUpdated(ini) {
		return this.version !== ini.version;
	}

	isDue(ini, now) {
		return now < this.asked - 600 || (now >= this.retry_at &&
			(this.decide(now) === Decision.UNKNOWN ||
			now >= this.ask_at || this.isUpdated(ini)));
	}

	mayKeep(answer) {
		return answer !== null && !answer.isTest &&
			answer.revision >= (this.answer?.revision ?? 0);
	}

	keep(answer, ini, now) {
		const wait = Math.max(0, answer.next_check - answer.iat);
		this.answer = answer;
		this.version = ini.version;
		this.received = this.asked = now;
		this.retry_at = this.failures = 0;
		this.ask_at = now + Math.max(1, about(Math.min(wait, 366 * day),
			75, 125));
	}

	backOff(now, retry) {
		const steps = this.counts(now) ? [900, hour, 3 * hour] :
			[10, 30, 60, 300];
		const wait = steps[Math.min(this.failures, steps.length - 1)];
		this.asked = now;
		this.failures = Math.min(this.failures, 1000) + 1;
		this.retry_at = now + Math.max(about(wait, 50, 150),
			Math.min(retry, day));
	}
}

const mayRun = (decision) => decision === Decision.RUN ||
	decision === Decision.KEPT;

// The shop knows the key as this program's.
const isOurs = (answer) => answer.key === 'valid' &&
	!['PRODUCT_MISMATCH', 'INSTANCE_MISMATCH'].includes(answer.code);

// An installed program's license. All that lasts is in the folder, so that
// processes see the same.
export class License {
	#directory;
	#ca;
	#ini;
	#store;
	#refreshing = null;

	// directory holds kagiya-license.ini; an Error when that is not there or
	// not whole. folder, where key and answer are kept, should be one that
	// your package declares as data. caFile: certificates (PEM) to believe the
	// shop's web server by instead of the system's.
	constructor(directory, { folder, caFile } = {}) {
		this.#directory = directory;
		this.#ini = readIni(directory);
		this.#ca = caFile && fs.readFileSync(caFile);
		this.#store = new Store(folder ?? join(directory, 'kagiya-license'));
	}

	// The one question. Asks the shop at the first start, after an update of
	// the program and about once a day; else it is answered from the file.
	async mayRun() {
		return mayRun(await this.check());
	}

	check() {
		return this.#check(false);
	}

	// For a button "check again": asks now, but not twice in 3 seconds.
	checkNow() {
		return this.#check(true);
	}

	// What is known, without asking.
	standing() {
		return this.#load().state.decide(clock());
	}

	// The kept answer, or null.
	answer() {
		return this.#load().state.answer;
	}

	// Asks with a key that was typed. null: no signed answer came. The key is
	// kept when the shop knows it as this program's; a wrong one changes
	// nothing, so a typing error never stops a program that runs.
	async activate(text) {
		const key = trim(text);
		const lock = await this.#store.lock(typed);
		try {
			const { ini, state } = this.#load();
			const { answer } = await this.#ask(ini, 'activate', key,
				typed);
			if (state.mayKeep(answer) && isOurs(answer)) {
				this.#store.write('key', key);
				state.keep(answer, ini, clock());
				this.#store.write('answer', state.text());
			}
			return answer;
		} finally {
			lock.unlock();
		}
	}

	// Whole days until the trial's last day is over; null outside a trial.
	daysLeft() {
		const { state } = this.#load();
		if (state.answer?.code !== 'TRIAL' || state.answer.trial_end === '')
			return null;
		const today = new Date(state.time(clock()) * 1000);
		const here = Date.UTC(today.getFullYear(), today.getMonth(),
			today.getDate(), 12) / 1000;
		return Math.max(0, (noon(state.answer.trial_end) - here) / day);
	}

	// Where to buy: known even before the first answer.
	get buyUrl() {
		return this.#ini.buy_url;
	}

	get serial() {
		return this.#ini.serial;
	}

	// The agent writes the ini file anew when the program is updated, which a
	// program that stays running does not see.
	#load() {
		let ini = this.#ini;
		try {
			ini = readIni(this.#directory);
		} catch {
			// while it is being moved or uninstalled
		}
		return { ini, state: new State(this.#store.read('answer'), ini) };
	}

	#wants({ ini, state }, forced) {
		return forced ? Math.abs(clock() - state.asked) >= 3 :
			state.isDue(ini, clock());
	}

	// Those who call while a question is under way wait for it only when
	// nothing counts.
	async #check(forced) {
		const known = this.#load();
		if (!this.#wants(known, forced))
			return known.state.decide(clock());
		if (this.#refreshing !== null && known.state.counts(clock()))
			return known.state.decide(clock());
		this.#refreshing ??= this.#refresh(known, forced).finally(() => {
			this.#refreshing = null;
		});
		return (await this.#refreshing).decide(clock());
	}

	// Another process may be asking, or have asked meanwhile: whoever must wait
	// does so until it has had its time and written what came.
	async #refresh(known, forced) {
		const counts = known.state.counts(clock());
		const seconds = counts ? patient : urgent;
		const lock = await this.#store.lock(counts ? 0 : seconds + 1);
		if (lock.taken && counts)
			return known.state;
		try {
			const now = this.#load();
			if (this.#wants(now, forced))
				await this.#askAndKeep(now, seconds);
			return now.state;
		} finally {
			lock.unlock();
		}
	}

	async #askAndKeep({ ini, state }, seconds) {
		const starts = state.answer === null || state.isUpdated(ini);
		const { answer, retry } = await this.#ask(ini, starts ? 'start' :
			'daily', this.#store.read('key').toString(), seconds);
		if (state.mayKeep(answer))
			state.keep(answer, ini, clock());
		else
			state.backOff(clock(), retry);
		this.#store.write('answer', state.text());
	}

	// The answer to this very question or null, and Retry-After.
	async #ask(ini, why, key, seconds) {
		const nonce = randomBytes(24).toString('base64url');
		const { body, retry } = await post(ini.check_url, { v: '1',
			product: ini.product, serial: ini.serial,
			instance: ini.instance, key, version: ini.version, nonce,
			why }, seconds, this.#ca);
		const answer = body === null ? null : Answer.read(body, ini.keys);
		return { answer: answer?.isFor(ini, nonce) ? answer : null, retry };
	}
}
