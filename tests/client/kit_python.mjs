// kit_python: the module as a maker meets it, in Debian's Python.

import { join } from 'node:path';
import { finish, is, ok } from '../tap.mjs';
import { past, run } from './kit.mjs';
import { example, excerpt, folderOf, program, readme, source, write }
	from './example.mjs';
import { open } from './shop.mjs';

const lab = process.env.LAB;
const here = folderOf('python');
const python = ['env', `PYTHONPATH=${here}`, 'PYTHONDONTWRITEBYTECODE=1',
	'/usr/bin/python3', '-W', 'error'];

// What tests/client/try.py does there under that name.
async function tried(name, { folder }) {
	const { code, out, err } = await run([...python,
		join(source, 'tests/client/try.py'), name, folder]);
	return code === 0 ? out.trim() : `exit ${code}: ${out}${err}`;
}

await open(lab, past);
await example('python', (folder) =>
	[...python, join(here, 'example.py'), folder]);
await excerpt('python', (folder) => [...python, write(join(folder, 'readme.py'),
	'def show_license_page(*_):\n    print("license page")\n' +
	readme('python', 'import', 'show_license'), folder)]);

is(await tried('syntax', { folder: here }), '(3, 9)',
	'python: is written for 3.9');

const first = program('python', { fault: 'a little late' });
is(await tried('threads', first), 'RUN', 'python: 8 threads, 50 checks each');
is(first.asked.length, 1, 'python: and one question');

const closed = program('python');
is(await tried('closed', closed), 'RUN RUN 1 warning',
	'python: no folder: the answer counts, and it says so once');
is(closed.asked.length, 1, 'python: without asking for each page');

const mute = program('python', { fault: 'a byte now and then' });
const [decision, seconds, left] = (await tried('mute', mute)).split(' ');
is(decision, 'UNKNOWN', 'python: a shop that goes on for ever is no answer');
ok(Number(seconds) < 6.5, `python: it took ${seconds} seconds`);
is(left, '1', 'python: and no thread is left');

const typed = program('python', { fields: { key: 'wrong',
	code: 'KEY_UNKNOWN', result: 'NG' } });
is(await tried('typed', typed), 'KEY_UNKNOWN UNKNOWN',
	'python: a key typed in half a character');
is(typed.asked[0].key, '?', 'python: is sent without it');
is(await tried('lacking', { folder: lab }), 'FileNotFoundError',
	'python: no kagiya-license.ini');
finish();
