<?php
/* license: type the key, see what the shop says. Reachable at all times. */

declare(strict_types=1);

require __DIR__ . '/lib/start.php';

function problem_of(?Kagiya\Answer $answer): string
{
	if ($answer === null)
		return words('key.no-answer');
	$code = $answer->fields['code'];
	if (in_array($answer->fields['key'], ['wrong', 'missing'], true) &&
	    in_array($code, ['TRIAL', 'TRIAL_ENDED', 'KEY_UNKNOWN'], true))
		return words('key.wrong');
	return $answer->fields['text'];
}

function show(string $problem): void
{
	$license = license();
	$rows = ['serial' => $license->serial(), 'state' => $license->field('text'),
		'trial_end' => day_words($license->field('trial_end')),
		'ng_from' => day_words($license->field('ng_from')),
		'users' => (int)$license->field('users') > 0 ?
		    $license->field('users') : '',
		'latest' => $license->field('latest')];

	page_begin('license');
	echo '<section class="card"><h1>', h(words('license.title')), '</h1>';
	if (isset($_GET['thanks']))
		echo '<p class="done" role="status">', h(words('license.thanks')),
		    '</p>';
	echo '<dl>';
	foreach ($rows as $name => $value)
		if ($value !== '')
			echo '<dt>', h(words("license.$name")), '</dt><dd>', h($value),
			    '</dd>';
	echo '</dl>';
	key_box('index.php', $problem);
	echo '</section>';
	page_end();
}

$problem = '';
if (is_post() && input('do', 10) === 'again') {
	license()->checkNow();
	go_to('index.php');
} elseif ($_SERVER['REQUEST_METHOD'] === 'POST') {
	$answer = license()->activate(input('key', 60));
	if ($answer !== null && $answer->isOk() &&
	    $answer->fields['key'] === 'valid')
		go_to('license.php?thanks=1');
	$problem = problem_of($answer);
} else {
	license()->mayRun();
}
show($problem);
