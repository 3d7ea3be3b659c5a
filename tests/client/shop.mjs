// shop: the shop's end of the line, on ports of its own. Each program asks
// under a path of its own, /NAME/keycheck, and gets what the plan of that name
// says: plan.fault plays it, plan.result, fields, pair, head and now (the
// shop's clock) make the answer. plan.asked keeps the questions.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import tls from 'node:tls';
import { pairs, payloadOf, sign } from './answer.mjs';
import { faults } from './fault.mjs';

const plans = new Map();
const ports = {};

export function plan(name, what) {
	plans.set(name, { asked: [], ...what });
	return plans.get(name);
}

// Where a question can go wrong before the shop hears it.
const nowhere = {
	'refused': 'http://127.0.0.1:1',
	'unroutable': 'http://192.0.2.1:8080',
	'no-name': 'http://shop.invalid',
};

export function url(name, line = 'https') {
	return (nowhere[line] ?? ports[line]) + `/${name}/keycheck`;
}

// The question in these bytes, or null while it is not whole.
function questionIn(bytes) {
	const end = bytes.indexOf('\r\n\r\n');
	if (end < 0)
		return null;
	const head = bytes.subarray(0, end).toString();
	const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
	const body = bytes.subarray(end + 4);
	if (body.length < length)
		return null;
	const [method, path] = head.split(' ');
	return { ...Object.fromEntries(new URLSearchParams(body.toString())),
		method, path, head, body: body.toString() };
}

function answerTo(question, plan) {
	const now = plan.now ?? Math.floor(Date.now() / 1000);
	const payload = payloadOf(question, plan.result ?? 'OK', now,
		plan.fields);
	return { payload, retry: plan.retry, jws: sign(payload, pairs[plan.pair ?? 'first'],
		plan.head), elsewhere: plan.elsewhere };
}

function play(line, question) {
	const plan = plans.get(question.path.split('/')[1]);
	if (plan === undefined) {
		line.end('HTTP/1.1 404 Word\r\nContent-Length: 0\r\n\r\n');
		return;
	}
	plan.asked.push(question);
	plan.heard?.();
	faults[plan.fault ?? 'as it should be'](line,
		answerTo(question, plan));
}

function serve(line) {
	let bytes = Buffer.alloc(0);
	let done = false;
	line.on('error', () => {});
	line.on('data', (more) => {
		bytes = Buffer.concat([bytes, more]);
		const question = done ? null : questionIn(bytes);
		if (question === null)
			return;
		done = true;
		play(line, question);
	});
}

// --- certificates

const openssl = (folder, ahead, ...words) => execFileSync('openssl', words,
	{ cwd: folder, stdio: 'ignore', env: { ...process.env, ...ahead } });

function authority(folder, ahead, name) {
	openssl(folder, ahead, 'req', '-x509', '-newkey', 'ec', '-pkeyopt',
		'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`,
		'-out', `${name}.pem`, '-days', '8766', '-subj', `/CN=${name}`);
}

function certificate(folder, ahead, name, ca, subject, days) {
	writeFileSync(`${folder}/${name}.ext`, `subjectAltName=${subject}\n`);
	openssl(folder, ahead, 'req', '-new', '-newkey', 'ec', '-pkeyopt',
		'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`,
		'-out', `${name}.csr`, '-subj', `/CN=${name}`);
	openssl(folder, ahead, 'x509', '-req', '-in', `${name}.csr`, '-CA',
		`${ca}.pem`, '-CAkey', `${ca}.key`, '-CAcreateserial', '-days',
		String(days), '-extfile', `${name}.ext`, '-out', `${name}.pem`);
}

// --- listening

function listen(name, scheme, server) {
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
		ports[name] = `${scheme}://127.0.0.1:${server.address().port}`;
		server.unref();
		resolve();
	}));
}

const secure = (folder, name, options = {}) => {
	const server = tls.createServer({
		key: readFileSync(`${folder}/${name}.key`),
		cert: readFileSync(`${folder}/${name}.pem`), ...options }, serve);
	server.on('tlsClientError', () => {});
	return server;
};

const year = 365 * 86400;

// Twelve years to both sides: the tests move the clock by ten.
export async function open(folder, past) {
	const ahead = past(-12 * year);
	authority(folder, ahead, 'ca');
	authority(folder, ahead, 'other');
	certificate(folder, ahead, 'shop', 'ca', 'IP:127.0.0.1', 8766);
	certificate(folder, ahead, 'forged', 'other', 'IP:127.0.0.1', 8766);
	certificate(folder, ahead, 'old', 'ca', 'IP:127.0.0.1', 30);
	certificate(folder, ahead, 'name', 'ca', 'DNS:shop.example', 8766);
	await listen('https', 'https', secure(folder, 'shop'));
	await listen('http', 'http', net.createServer(serve));
	await listen('other-ca', 'https', secure(folder, 'forged'));
	await listen('expired', 'https', secure(folder, 'old'));
	await listen('other-host', 'https', secure(folder, 'name'));
	await listen('tls-1.1', 'https', secure(folder, 'shop', {
		minVersion: 'TLSv1', maxVersion: 'TLSv1.1',
		ciphers: 'DEFAULT@SECLEVEL=0' }));
	await listen('no-tls', 'https', net.createServer((line) => {
		line.on('error', () => {});
		line.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK');
	}));
	await listen('mute', 'https', net.createServer((line) => {
		line.on('error', () => {});
		line.resume();
	}));
	await listen('reset-at-once', 'http', net.createServer((line) => {
		line.on('error', () => {});
		line.resetAndDestroy();
	}));
	return `${folder}/ca.pem`;
}
