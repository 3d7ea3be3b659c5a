<?php
/* entry: the form of an event or a note: shown, checked, saved, removed. */

declare(strict_types=1);

const COLORS = ['blue', 'green', 'orange', 'pink'];

/* $fields: name => [type, longest, required]. */
function entry_page(string $name, array $fields, array $fresh): void
{
	$id = $_GET['id'] ?? $_POST['id'] ?? '';
	$id = is_string($id) ? $id : '';
	$entry = $id === '' ? $fresh : (store_read($name)[$id] ?? null);
	if ($entry === null) {
		http_response_code(404);
		$entry = $fresh;
		$id = '';
	}
	$problems = [];
	if (is_post()) {
		if ($id !== '' && input('do', 10) === 'remove') {
			store_remove($name, $id);
			go_to('index.php?month=' . entry_month($entry));
		}
		$entry = entry_typed($fields);
		$problems = entry_problems($entry, $fields);
		if ($problems === []) {
			store_put($name, $id, $entry);
			go_to('index.php?month=' . entry_month($entry));
		}
		http_response_code(422);
	}
	entry_form($name, $id, $entry, $fields, $problems);
}

function entry_month(array $entry): string
{
	return substr($entry['day'] ?? date('Y-m-d'), 0, 7);
}

function entry_typed(array $fields): array
{
	$entry = ['at' => time()];
	foreach ($fields as $field => [$type, $longest])
		$entry[$field] = input($field, $longest);
	$entry['color'] = in_array(input('color', 10), COLORS, true) ?
	    input('color', 10) : COLORS[0];
	return $entry;
}

function entry_problems(array $entry, array $fields): array
{
	$problems = [];
	foreach ($fields as $field => [$type, $longest, $required]) {
		$value = $entry[$field];
		if ($value === '' && $required)
			$problems[$field] = words('problem.missing');
		elseif ($value !== '' && ($type === 'date' && !is_day($value) ||
		    $type === 'time' &&
		    !preg_match('/^([01]\d|2[0-3]):[0-5]\d$/D', $value)))
			$problems[$field] = words('problem.wrong');
	}
	return $problems;
}

function is_day(string $value): bool
{
	return (bool)preg_match('/^((?:19|20)\d\d)-(\d\d)-(\d\d)$/D', $value, $part)
	    && checkdate((int)$part[2], (int)$part[3], (int)$part[1]);
}

function entry_form(string $name, string $id, array $entry, array $fields,
    array $problems): void
{
	page_begin($name);
	echo '<form class="card entry" method="post"><h1>',
	    h(words($id === '' ? "$name.new" : "$name.title")), '</h1>',
	    '<input type="hidden" name="token" value="', form_token(), '">',
	    '<input type="hidden" name="id" value="', h($id), '">';
	foreach ($fields as $field => $kind)
		entry_field($field, $kind, $entry[$field] ?? '',
		    $problems[$field] ?? '');
	echo '<fieldset><legend>', h(words('color')), '</legend>';
	foreach (COLORS as $color)
		echo '<label class="color ', $color, '"><input type="radio" ',
		    'name="color" value="', $color, '"',
		    ($entry['color'] ?? COLORS[0]) === $color ? ' checked' : '',
		    '> ', h(words("color.$color")), '</label>';
	echo '</fieldset><p class="buttons"><button name="do" value="save">',
	    h(words('save')), '</button><a class="button quiet" href="index.php">',
	    h(words('key.cancel')), '</a>';
	if ($id !== '')
		echo '<button class="quiet danger" name="do" value="remove">',
		    h(words('remove')), '</button>';
	echo '</p></form>';
	page_end();
}

function entry_field(string $field, array $kind, string $value,
    string $problem): void
{
	[$type, $longest, $required] = $kind;
	$marks = ' id="' . $field . '" name="' . $field . '" maxlength="' .
	    $longest . '"' . ($required ? ' required' : '') .
	    ($problem === '' ? '' :
	    ' aria-invalid="true" aria-describedby="' . $field . '-problem"');

	echo '<p class="field"><label for="', $field, '">',
	    h(words("field.$field")), '</label>';
	if ($type === 'area')
		echo '<textarea rows="8"', $marks, '>', h($value), '</textarea>';
	else
		echo '<input type="', $type, '"', $marks, ' value="', h($value),
		    '">';
	if ($problem !== '')
		echo '<span class="problem" id="', $field, '-problem">',
		    h($problem), '</span>';
	echo '</p>';
}
