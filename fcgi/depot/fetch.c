/* fetch: one transfer by libcurl, counted while it runs. */

#include "depot/fetch.h"

#include <curl/curl.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/must.h"
#include "base/text.h"

struct transfer {
	struct arena *arena;
	const struct fetch *fetch;
	struct fetched *fetched;
	struct text *text; /* NULL when take() has the bytes */
	int64_t received;
	int64_t sent;
	bool too_large;
	bool stopped;
};

static size_t
on_bytes(char *bytes, size_t one, size_t length, void *context)
{
	struct transfer *transfer = context;

	(void)one;
	transfer->received += (int64_t)length;
	if (transfer->received > transfer->fetch->limit) {
		transfer->too_large = true;
		return 0;
	}
	if (transfer->text != NULL) {
		text_add_n(transfer->text, bytes, length);
		return length;
	}
	if (transfer->fetch->take(transfer->fetch->context, bytes, length))
		return length;
	transfer->stopped = true;
	return 0;
}

static size_t
on_wish(char *bytes, size_t one, size_t room, void *context)
{
	struct transfer *transfer = context;
	const struct fetch *fetch = transfer->fetch;
	const int64_t rest = fetch->body_size - transfer->sent;
	ssize_t n;

	(void)one;
	if (rest < (int64_t)room)
		room = (size_t)rest;
	n = pread(fetch->body_fd, bytes, room, transfer->sent);
	/* A file that has become shorter is no whole body. */
	if (n < 0 || (n == 0 && rest > 0))
		return CURL_READFUNC_ABORT;
	transfer->sent += n;
	if (fetch->sent != NULL &&
	    !fetch->sent(fetch->sent_context, transfer->sent)) {
		transfer->stopped = true;
		return CURL_READFUNC_ABORT;
	}
	return (size_t)n;
}

static size_t
on_header(char *bytes, size_t one, size_t length, void *context)
{
	struct transfer *transfer = context;
	const char *wanted = transfer->fetch->wanted;
	const size_t n = wanted != NULL ? strlen(wanted) : 0;

	(void)one;
	if (n > 0 && length > n + 1 && bytes[n] == ':' &&
	    strncasecmp(bytes, wanted, n) == 0)
		transfer->fetched->header = text_trim(
		    transfer->arena, arena_copy_n(transfer->arena,
					 bytes + n + 1, length - n - 1));
	return length;
}

static void
free_list(void *list)
{
	curl_slist_free_all(list);
}

static struct curl_slist *
header_list(struct arena *arena, const struct fetch *fetch)
{
	struct curl_slist *list = curl_slist_append(NULL, "Expect:");

	for (size_t i = 0; fetch->headers != NULL && fetch->headers[i] != NULL;
	     i++)
		list = curl_slist_append(list, fetch->headers[i]);
	if (fetch->content_type != NULL)
		list = curl_slist_append(
		    list, arena_print(
			      arena, "Content-Type: %s", fetch->content_type));
	must(list != NULL);
	arena_defer(arena, free_list, list);
	return list;
}

static void
set_limits(CURL *curl, const struct fetch *fetch)
{
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1024L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 60L);
	curl_easy_setopt(
	    curl, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)fetch->limit);
}

static void
set_body(CURL *curl, struct transfer *transfer)
{
	const struct fetch *fetch = transfer->fetch;

	if (fetch->body != NULL) {
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)fetch->body_length);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, fetch->body);
	} else if (fetch->body_size > 0) {
		curl_easy_setopt(curl, CURLOPT_POST, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)fetch->body_size);
		curl_easy_setopt(curl, CURLOPT_READFUNCTION, on_wish);
		curl_easy_setopt(curl, CURLOPT_READDATA, transfer);
	}
}

static enum fetch_end
end_of(CURLcode code, const struct transfer *transfer)
{
	if (transfer->too_large || code == CURLE_FILESIZE_EXCEEDED)
		return FETCH_TOO_LARGE;
	if (transfer->stopped)
		return FETCH_STOPPED;
	if (code != CURLE_OK) {
		transfer->fetched->trouble = curl_easy_strerror(code);
		return FETCH_UNREACHABLE;
	}
	return transfer->fetched->status == 200 ? FETCH_OK : FETCH_STATUS;
}

enum fetch_end
fetch(struct arena *arena, const struct fetch *fetch, struct fetched *fetched_r)
{
	struct transfer transfer = {
		.arena = arena, .fetch = fetch, .fetched = fetched_r
	};
	CURL *curl = curl_easy_init();

	must(curl != NULL);
	arena_defer(arena, curl_easy_cleanup, curl);
	*fetched_r =
	    (struct fetched){ .bytes = "", .header = "", .trouble = "" };
	if (fetch->take == NULL)
		transfer.text = text_new(arena, (size_t)fetch->limit + 1);
	set_limits(curl, fetch);
	curl_easy_setopt(curl, CURLOPT_URL, fetch->url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, header_list(arena, fetch));
	set_body(curl, &transfer);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &transfer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &transfer);
	const CURLcode code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &fetched_r->status);
	if (transfer.text != NULL) {
		fetched_r->bytes = transfer.text->bytes;
		fetched_r->length = transfer.text->length;
	}
	return end_of(code, &transfer);
}
