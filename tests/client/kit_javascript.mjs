// kit_javascript: the module as a maker meets it, in this very Node.

import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync }
	from 'node:fs';
import { join } from 'node:path';
import { Answer, License }
	from '../../fcgi/client/javascript/kagiya-license.js';
import { finish, is, ok } from '../tap.mjs';
import { past } from './kit.mjs';
import { example, excerpt, folderOf, program, readme, write }
	from './example.mjs';
import { open } from './shop.mjs';

const lab = process.env.LAB;
const here = folderOf('javascript');
const told = [];
process.on('warning', (warning) => told.push(warning));

// --- types: what kagiya-license.d.ts has is what there is

const types = readFileSync(join(here, 'kagiya-license.d.ts'), 'utf8');

const named = (block, form) => [...types.split(`${block} {\n`)[1].split('\n}')[0]
	.matchAll(form)].map(([, name]) => name).filter((name) =>
	name !== 'constructor').sort().join(' ');

async function typed() {
	const { folder } = program('javascript');
	const license = new License(folder);
	await license.check();
	const inherited = (what) => Object.getOwnPropertyNames(what.prototype)
		.filter((name) => name !== 'constructor');
	is(named('class License', /^\t(?:readonly )?(\w+)[(:]/gm),
		inherited(License).sort().join(' '), 'javascript: types of a License');
	is(named('interface Answer', /^\treadonly (\w+):/gm),
		[...Object.keys(license.answer()), 'isOk'].sort().join(' '),
		'javascript: types of an Answer');
	const kinds = [...types.matchAll(/readonly (\w+): (string|number|boolean);/g)]
		.filter(([, name]) => name in license.answer());
	is(kinds.filter(([, name, kind]) => typeof license.answer()[name] !== kind)
		.join(), '', `javascript: ${kinds.length} fields are what they should`);
	ok(Object.isFrozen(license.answer()) && license.answer() instanceof Answer,
		'javascript: an answer does not change');
}

// --- many requests of one server

async function many() {
	const first = program('javascript', { fault: 'a little late' });
	const license = new License(first.folder);
	const all = await Promise.all([...Array(100)].map(() => license.mayRun()));
	ok(all.every(Boolean), 'javascript: a hundred requests at the first start');
	is(first.asked.length, 1, 'javascript: and one question');
	ok(!existsSync(join(first.folder, 'kagiya-license/lock')),
		'javascript: and no lock is left');
}

// --- locks that nobody holds any more

async function locked() {
	const seconds = Math.floor(Date.now() / 1000);
	const table = { 'of a process that is gone': `999999999 ${seconds} 1`,
		'of this morning': `${process.pid} ${seconds - 9999} 1`,
		'of tomorrow': `${process.pid} ${seconds + 86400} 1` };
	for (const [name, mark] of Object.entries(table)) {
		const { folder } = program('javascript');
		mkdirSync(join(folder, 'kagiya-license'));
		writeFileSync(join(folder, 'kagiya-license/lock'), mark);
		const began = Date.now();
		ok(await new License(folder).mayRun() && Date.now() - began < 2000,
			`javascript: a lock ${name} is passed over`);
	}
	const held = program('javascript');
	mkdirSync(join(held.folder, 'kagiya-license'));
	writeFileSync(join(held.folder, 'kagiya-license/lock'),
		`${process.pid} ${seconds} 1`);
	const began = Date.now();
	ok(await new License(held.folder).mayRun() && Date.now() - began > 5000,
		'javascript: one that is held is waited for, but not for ever');
}

// A folder below a file cannot be made, not even by root.
async function closed() {
	const one = program('javascript');
	const license = new License(one.folder,
		{ folder: join(one.folder, 'kagiya-license.ini/x') });
	ok(await license.mayRun() && await license.mayRun(),
		'javascript: no folder: the answer counts');
	is(one.asked.length, 1, 'javascript: without asking for each page');
	await new Promise((resolve) => setImmediate(resolve));
	is(told.map(({ name }) => name).join(), 'KagiyaWarning',
		'javascript: and it says so once');
}

function lacking() {
	try {
		new License(lab);
	} catch (error) {
		return error.code;
	}
	return 'nothing';
}

await open(lab, past);
await example('javascript', (folder) =>
	[process.execPath, join(here, 'example.js'), folder]);
mkdirSync(join(lab, 'node_modules'));
symlinkSync(here, join(lab, 'node_modules/kagiya-license'));
await excerpt('javascript', (folder) => [process.execPath,
	write(join(folder, 'readme.mjs'), readme('javascript', 'import', 'buyUrl') +
		'\nfunction showLicensePage() { console.log("license page"); }\n',
	folder)]);
await Promise.all([typed(), many(), locked()]);
await closed();
is(lacking(), 'ENOENT', 'javascript: no kagiya-license.ini');
finish();
