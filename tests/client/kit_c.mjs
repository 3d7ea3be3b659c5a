// kit_c: the library as a maker meets it: installed, found, linked, run.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { finish, is, ok } from '../tap.mjs';
import { past, run } from './kit.mjs';
import { example, excerpt, folderOf, program, readme, write }
	from './example.mjs';
import { open } from './shop.mjs';

const { LAB: lab, top_builddir: built } = process.env;
const dest = join(lab, 'dest');
const here = folderOf('c');
const flags = ['-std=c11', '-Wall', '-Wextra', '-Wpedantic', '-Werror'];

async function said(...command) {
	const { code, out, err } = await run(command, { MAKEFLAGS: '',
		PKG_CONFIG_LIBDIR: `${join(dest, libdir, 'pkgconfig')}:${system}`,
		PKG_CONFIG_SYSROOT_DIR: dest, PKG_CONFIG_ALLOW_SYSTEM_CFLAGS: '1',
		PKG_CONFIG_ALLOW_SYSTEM_LIBS: '1' });
	return code === 0 ? out.trim() : `exit ${code}: ${out}${err}`.slice(0, 900);
}

const variable = (name) => new RegExp(`^${name} = (.*)$`, 'm').exec(
	readFileSync(join(built, 'Makefile'), 'utf8'))[1];
const sanitizers = variable('HARDEN').split(' ').filter((word) =>
	word.startsWith('-fsanitize'));
const prefix = variable('prefix');
const libdir = variable('libdir').replace('${exec_prefix}', prefix);
let system = '';
system = await said('pkg-config', '--variable', 'pc_path', 'pkg-config');

// --- installed

async function installed() {
	const told = await said('make', '-s', '-C', built, `DESTDIR=${dest}`,
		'install-includeHEADERS', 'install-libLIBRARIES',
		'install-kitlibPROGRAMS', 'install-nodist_pkgconfigDATA',
		'install-kit-link');
	ok(!told.startsWith('exit'), 'c: is installed', told);
	is(await said('readlink', join(dest, libdir, 'libkagiya-license.so')),
		'libkagiya-license.so.0', 'c: with the name that programs link by');
}

async function symbols() {
	const header = readFileSync(join(here, 'kagiya-license.h'), 'utf8');
	const offered = [...header.matchAll(/ \*?(kagiya_[a-z_]+)\(/g)]
		.map(([, name]) => name).sort().join(' ');
	const shared = join(dest, libdir, 'libkagiya-license.so.0');
	is((await said('nm', '-D', '--defined-only', '--format=just-symbols',
		shared)).split('\n').filter((name) => !/^_(_|init|fini)/.test(name))
		.sort().join(' '), offered, 'c: offers what the header has');
	is((await said('nm', '--extern-only', '--defined-only', '--quiet',
		'--format=just-symbols', join(dest, libdir, 'libkagiya-license.a')))
		.split('\n').filter((name) => /^[a-z]/.test(name) &&
			!/^kagiya_|:$/.test(name)).join(' '), '',
	'c: the static one defines no other names');
	is([...(await said('readelf', '-d', shared)).matchAll(
		/NEEDED.*\[(lib\w+)/g)].map(([, name]) => name)
		.filter((name) => !/^lib(c|asan|ubsan|pthread)$/.test(name)).sort()
		.join(' '), 'libcrypto libcurl', 'c: needs libcurl and libcrypto');
}

// --- linked

const words = (text) => text.split(/\s+/).filter(Boolean);
const config = async (...options) => words(await said('pkg-config', ...options,
	'kagiya-license'));

async function linked(name, compiler, from, libraries) {
	const path = join(lab, name);
	is(await said(compiler, ...flags, ...sanitizers, from,
		...await config('--cflags'), ...libraries, '-o', path), '',
	`c: ${name}`);
	return path;
}

async function headers() {
	const plain = join(lab, 'plain.cc');
	writeFileSync(plain, '#include <kagiya-license.h>\n');
	is(await said('clang', '-x', 'c++', '-fsyntax-only', '-Wall', '-Wextra',
		'-Wpedantic', '-Werror', ...await config('--cflags'), plain), '',
	'c: C++ reads the header, too');
}

const env = (path) => ['env', `LD_LIBRARY_PATH=${join(dest, libdir)}`, path];

async function programs() {
	const from = join(here, 'example.c');
	const shared = await linked('example, shared', 'gcc', from,
		await config('--libs'));
	await example('c', (folder) => [...env(shared), folder]);
	const fixed = await linked('example, static', 'gcc', from,
		[join(dest, libdir, 'libkagiya-license.a'), ...words(await said(
			'pkg-config', '--libs', 'libcurl', 'libcrypto'))]);
	await example('c', (folder) => [fixed, folder]);
	if (sanitizers.length === 0)
		await linked('example, by clang', 'clang', from,
			await config('--libs'));
	await excerpt('c', async (folder) => {
		const text = readme('c', '#include', 'kagiya_close');
		const [include, ...rest] = text.split('\n');
		return env(await linked(`README ${folder.split('/').pop()}`, 'gcc',
			write(join(folder, 'readme.c'), `${include}\n#include <stdio.h>
static void show_license_page(struct kagiya_license *license)
{ (void)license; puts("license page"); }
int main(void)
{
${rest.join('\n')}
}
`, folder), await config('--libs')));
	});
}

// --- many threads, one license

async function threads() {
	const first = program('c', { fault: 'a little late' });
	const path = join(built, 'tests/client/threads');
	is(await said(path, first.folder), '', 'c: 8 threads, 400 checks each');
	is(first.asked.length, 1, 'c: and one question');
	const away = program('c', { fault: '500' });
	is(await said(path, away.folder), 'RUN expected, got UNKNOWN',
		'c: who can tell when it is wrong');
	is(away.asked.length, 1, 'c: and one question again');
}

await open(lab, past);
await installed();
await Promise.all([symbols(), headers(), programs(), threads()]);
ok(readFileSync(join(dest, libdir, 'pkgconfig/kagiya-license.pc'), 'utf8')
	.includes('Requires.private: libcurl libcrypto'),
'c: pkg-config knows what the static one needs');
finish();
