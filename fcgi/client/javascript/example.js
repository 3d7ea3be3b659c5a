// example: a program that asks whether it may run. Its folder is its argument.

import { License } from './kagiya-license.js';

const license = new License(process.argv[2] ?? '.');
if (await license.mayRun()) {
	console.log('Good morning.');
	if (license.daysLeft() !== null)
		console.log(`${license.daysLeft()} days of the trial are left.`);
} else {
	const answer = license.answer();
	console.log(answer?.text ?? 'The shop cannot be reached.');
	console.log('Please see', answer?.url ?? license.buyUrl);
	process.exitCode = 1;
}
