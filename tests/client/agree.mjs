// agree: what the kits read, compared with each other and with PHP.

import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, is, ok } from '../tap.mjs';
import { pairs } from './answer.mjs';
import { driverOf, past, Program, run } from './kit.mjs';
import { flips, good, mutants, question } from './mutant.mjs';
import { open, url } from './shop.mjs';

const kits = process.argv.slice(2).filter((kit) => existsSync(driverOf(kit)));
const { LAB: lab, top_builddir: built } = process.env;

// --- what was signed

const line = (jws, i) => [i, pairs.first.raw, question.product,
	question.serial, question.instance, question.nonce, 5,
	Buffer.from(jws).toString('base64')].join('\t') + '\n';

async function judged(kit, name, answers) {
	const file = join(lab, name);
	writeFileSync(file, answers.map(line).join(''));
	const { out } = await run([driverOf(kit), 'vectors', file]);
	return out.split('\n').map((text) => text.split('\t')[1]);
}

async function flipped() {
	const answers = [good(), ...flips()];
	await Promise.all(kits.map(async (kit) => {
		const [first, ...rest] = await judged(kit, `flips-${kit}`, answers);
		is(first, 'accept', `${kit}: a good answer`);
		ok(rest.length === answers.length && rest.every((word, i) =>
			word === 'refuse' || i === answers.length - 1),
		`${kit}: ${answers.length - 1} single flipped bits, none accepted`);
	}));
}

async function mutated() {
	const answers = [...mutants(3000)];
	const words = Object.fromEntries(await Promise.all(kits.map(async (kit) =>
		[kit, await judged(kit, `mutants-${kit}`, answers)])));
	const taken = words[kits[0]].filter((word) => word === 'accept').length;
	ok(taken > 300 && taken < 2700, `of ${answers.length} signed mutants ` +
		`${kits[0]} takes some and refuses some`, `${taken} taken`);
	for (const kit of kits.slice(1)) {
		const other = answers.findIndex((_, i) =>
			words[kit][i] !== words[kits[0]][i]);
		const [head, body] = (answers[other] ?? '.').split('.').map((text) =>
			Buffer.from(text, 'base64url').toString());
		ok(other < 0, `${kit} and ${kits[0]} judge alike of all of them`,
			`${kit}: ${words[kit][other]}, ${kits[0]}: ` +
			`${words[kits[0]][other]}: ${head} ${body}`.slice(0, 900));
	}
}

// --- kagiya-license.ini

const odd = ['2.0', '', ' 2 0 ', 'a"b', "it's", `both " and '`, '$HOME', '\\n\\',
	'a;b # c', '[x]', 'a=b', 'yes', 'null', '~!^&|()', '鍵屋 ①', '100%', '{}',
	'line\nend', '2.0-rc1+b~3'];

// As the agent writes it, or a maker by hand.
function written(kit, { product, version, more = '' }) {
	const program = new Program(kit);
	const path = join(program.folder, 'kagiya-license.ini');
	writeFileSync(path, execFileSync(join(built, 'tests/client/ini'), [
		url(program.name, 'http'), product, '2026-0001', 'abc', version,
		'https://shop.example/?a=b&c', pairs.first.raw, pairs.second.raw]));
	writeFileSync(path, more, { flag: 'a' });
	return program;
}

const ofPhp = (programs) => JSON.parse(execFileSync('php', ['-r',
	`echo json_encode(array_map('parse_ini_file', array_slice($argv, 1)));`,
	...programs.map(({ folder }) => join(folder, 'kagiya-license.ini'))]));

async function reads(program, php) {
	await program.start();
	const { asked } = program;
	return asked.length === 1 && ['product', 'serial', 'instance', 'version']
		.every((name) => asked[0][name] === php[name]) ? '' :
		` ${php.product} ${php.version}: ${asked[0]?.body}`;
}

const byHand = ['version = 7 ; a comment\n', '; version = 8\nversion=9\n',
	'  version\t=  "1 0"  \n', '[part]\nversion = \'1"1\'\n', '\r\nversion = 12\r\n',
	'version = "13" ; "14"\n', 'other = 1\nversion = a b\n\n', 'version =\n'];

async function inis(kit) {
	const programs = [
		...odd.map((version) => ({ product: 'groupware', version })),
		...odd.slice(2, 7).map((product) => ({ product, version: '1' })),
		...byHand.map((more) => ({ product: 'groupware', version: '1', more })),
	].map((what) => written(kit, what));
	const php = ofPhp(programs);
	const wrong = await Promise.all(programs.map((program, i) =>
		reads(program, php[i])));
	is(wrong.join(''), '', `${kit}: reads ${wrong.length} ini files as PHP does`);
}

// --- addresses that are none

async function nowhere(kit) {
	const wrong = await Promise.all(['http://[', 'ftp://127.0.0.1/', 'shop',
		'file:///etc/hosts', 'https://', '//127.0.0.1/', 'http://127.0.0.1:1:2/',
		'http://127.0.0.1:99999/', 'http://a b/'].map(async (address) => {
		const program = new Program(kit);
		writeFileSync(join(program.folder, 'kagiya-license.ini'),
			`check_url = "${address}"\nproduct = "a"\nserial = "b"\n` +
			`instance = "c"\npublic_key[] = "${pairs.first.raw}"\n`);
		const got = await program.at();
		return got === 'UNKNOWN -' ? '' : ` ${address}: ${got}`;
	}));
	is(wrong.join(''), '', `${kit}: an address that is none is no answer`);
}

await open(lab, past);
await flipped();
await mutated();
for (const kit of kits)
	await Promise.all([inis(kit), nowhere(kit)]);
finish();
