// tap: assertions of a test in JavaScript, printed as TAP.

let count = 0;
let failed = 0;

export function ok(good, what, detail = '') {
	count++;
	failed += good ? 0 : 1;
	process.stdout.write(`${good ? 'ok' : 'not ok'} ${count} - ${what}\n`);
	if (!good && detail !== '')
		process.stdout.write(`# ${detail}\n`.replace(/\n(?=.)/g, '\n# '));
}

export function is(got, wanted, what) {
	ok(got === wanted, what, `got ${got}, wanted ${wanted}`);
}

export function skip(what, why) {
	process.stdout.write(`ok ${++count} - ${what} # SKIP ${why}\n`);
}

export function finish() {
	process.stdout.write(`1..${count}\n`);
	process.exit(failed === 0 ? 0 : 1);
}
