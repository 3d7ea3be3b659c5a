<?php
/* index: the start page: the month, the notes, and in the trial screen (g). */

declare(strict_types=1);

require __DIR__ . '/lib/start.php';
must_be_licensed();

function month_shown(): DateTimeImmutable
{
	$month = $_GET['month'] ?? '';
	if (is_string($month) && preg_match('/^(19|20)\d\d-(0[1-9]|1[0-2])$/D',
	    $month))
		return new DateTimeImmutable("$month-01");
	return new DateTimeImmutable('first day of this month midnight');
}

/* Screen (g): how many days are left, and the box for the key. */
function show_trial(): void
{
	$days = license()->daysLeft();
	$left = $days === null ? '' : words('trial.left', (string)$days);

	if (license()->field('code') !== 'TRIAL')
		return;
	if (isset($_GET['later']) || isset($_COOKIE['groupware_later'])) {
		echo '<p class="banner"><span>', h($left),
		    '</span><a href="license.php">',
		    h(words('trial.enter')), '</a></p>';
		return;
	}
	echo '<section class="card trial"><h2>', h(words('trial.title')),
	    '</h2><p class="left"><strong>', h($left), '</strong> ';
	if ($days !== null)
		echo h(words('trial.until',
		    day_words(license()->field('trial_end'))));
	echo '</p>';
	key_box('?later=1');
	echo '</section>';
}

function show_state(): void
{
	if (license()->decision() === Kagiya\License::KEPT)
		echo '<p class="banner">', h(words('license.warns')), '</p>';
	if (license()->field('code') === 'PAYMENT_DUE')
		echo '<p class="banner"><span>', h(license()->field('text')),
		    '</span><a href="', h(license()->url()), '">',
		    h(words('shop.pay')), '</a></p>';
	$latest = license()->field('latest');
	if ($latest !== '' && version_compare($latest, version(), '>'))
		echo '<p class="banner"><span>', h(words('update', $latest)),
		    '</span></p>';
}

function show_heads(DateTimeImmutable $month): void
{
	$link = function (string $step, string $id) use ($month) {
		return '<a class="button quiet" href="?month=' .
		    $month->modify($step)->format('Y-m') . '">' . h(words($id)) .
		    '</a>';
	};

	echo '<div class="bar"><h1>', h($month->format(words('month.format'))),
	    '</h1><span>', $link('-1 month', 'month.before'),
	    '<a class="button quiet" href="index.php">', h(words('month.today')),
	    '</a>', $link('+1 month', 'month.after'),
	    '<a class="button" href="event.php?day=', date('Y-m-d'), '">',
	    h(words('event.new')), '</a>';
	if (is_file(__DIR__ . '/ical.php'))
		echo '<a class="button quiet" href="ical.php">',
		    h(words('ical.title')), '</a>';
	echo '</span></div>';
}

function show_day(DateTimeImmutable $day, string $month, array $events): void
{
	$iso = $day->format('Y-m-d');

	echo '<td class="', $day->format('Y-m') === $month ? 'in' : 'out',
	    $iso === date('Y-m-d') ? ' today' : '', ' w', $day->format('w'),
	    '"><a class="day" href="event.php?day=', $iso, '" aria-label="',
	    h(words('event.new') . ' ' . day_words($iso)), '">',
	    $day->format('j'), '</a>';
	foreach ($events as $event)
		echo '<a class="event ', h($event['color']), '" href="event.php?id=',
		    h($event['id']), '"><time>', h($event['time']), '</time> ',
		    h($event['title']), '</a>';
	echo '</td>';
}

function show_month(DateTimeImmutable $month): void
{
	$name = $month->format('Y-m');
	$events = events_of($name);
	$day = $month->modify('-' . $month->format('w') . ' days');

	echo '<table class="month"><thead><tr>';
	for ($i = 0; $i < 7; $i++)
		echo '<th scope="col" class="w', $i, '">', h(words("week.$i")),
		    '</th>';
	echo '</tr></thead><tbody>';
	do {
		echo '<tr>';
		for ($i = 0; $i < 7; $i++, $day = $day->modify('+1 day'))
			show_day($day, $name, $events[$day->format('Y-m-d')] ?? []);
		echo '</tr>';
	} while ($day->format('Y-m') === $name);
	echo '</tbody></table>';
}

function show_notes(): void
{
	$notes = store_read('note');

	uasort($notes, function ($a, $b) {
		return $b['at'] <=> $a['at'];
	});
	echo '<aside><div class="bar"><h2>', h(words('note.list')),
	    '</h2><a class="button" href="note.php">', h(words('note.new')),
	    '</a></div>';
	if ($notes === [])
		echo '<p class="hint">', h(words('note.none')), '</p>';
	foreach ($notes as $id => $note)
		echo '<a class="note ', h($note['color']), '" href="note.php?id=',
		    h((string)$id), '"><strong>', h($note['title']), '</strong><span>',
		    nl2br(h($note['text'])), '</span></a>';
	echo '</aside>';
}

if (isset($_GET['later']))
	setcookie('groupware_later', '1', ['expires' => time() + 43200,
		'samesite' => 'Lax', 'httponly' => true]);
page_begin('index');
show_trial();
show_state();
$month = month_shown();
show_heads($month);
echo '<div class="desk">';
show_month($month);
show_notes();
echo '</div>';
page_end();
