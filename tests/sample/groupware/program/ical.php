<?php
/* ical: all events as an iCalendar file (RFC 5545), new in 2.1. */

declare(strict_types=1);

require __DIR__ . '/lib/start.php';
must_be_licensed();

function ical_text(string $text): string
{
	return strtr($text, ['\\' => '\\\\', ';' => '\;', ',' => '\,',
		"\n" => '\n']);
}

/* Lines of at most 75 bytes, folded between characters. */
function ical_line(string $line): string
{
	$folded = '';
	while (strlen($line) > 72) {
		$part = mb_strcut($line, 0, 72);
		$folded .= "$part\r\n ";
		$line = substr($line, strlen($part));
	}
	return "$folded$line\r\n";
}

function ical_start(array $event): string
{
	if ($event['time'] === '')
		return 'DTSTART;VALUE=DATE:' . str_replace('-', '', $event['day']);
	$start = new DateTimeImmutable($event['day'] . ' ' . $event['time']);
	return 'DTSTART:' . gmdate('Ymd\THis\Z', $start->getTimestamp());
}

header('Content-Type: text/calendar; charset=utf-8');
header('Content-Disposition: attachment; filename="calendar.ics"');
echo "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kagiya//Groupware//EN\r\n";
foreach (store_read('event') as $id => $event) {
	echo "BEGIN:VEVENT\r\nUID:$id@groupware\r\n",
	    'DTSTAMP:', gmdate('Ymd\THis\Z', $event['at']), "\r\n",
	    ical_start($event), "\r\n",
	    ical_line('SUMMARY:' . ical_text($event['title']));
	if ($event['place'] !== '')
		echo ical_line('LOCATION:' . ical_text($event['place']));
	if ($event['memo'] !== '')
		echo ical_line('DESCRIPTION:' . ical_text($event['memo']));
	echo "END:VEVENT\r\n";
}
echo "END:VCALENDAR\r\n";
