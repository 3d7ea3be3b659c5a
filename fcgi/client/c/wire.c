/* wire: one question to the shop: a form by POST, no redirect followed, a
 * limit on time and on size. */

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kit.h"

#define BLANKS " \t\r\n"

struct transfer {
	char *body; /* KAGIYA_LIMIT + 1 */
	size_t length;
	int64_t retry;
};

static size_t
on_bytes(char *bytes, size_t one, size_t length, void *context)
{
	struct transfer *transfer = context;

	(void)one;
	if (length > KAGIYA_LIMIT - transfer->length)
		return 0;
	memcpy(transfer->body + transfer->length, bytes, length);
	transfer->length += length;
	return length;
}

/* Seconds only: a date would be by another's clock. */
static size_t
on_header(char *bytes, size_t one, size_t length, void *context)
{
	static const char wanted[] = "Retry-After:";
	struct transfer *transfer = context;
	char line[64];

	(void)one;
	if (length >= sizeof(line))
		return length;
	memcpy(line, bytes, length);
	line[length] = '\0';
	if (strncasecmp(line, wanted, sizeof(wanted) - 1) != 0)
		return length;
	const char *digits = line + sizeof(wanted) - 1;
	digits += strspn(digits, " \t");
	const size_t count = strspn(digits, "0123456789");
	if (count > 0 && digits[count + strspn(digits + count, BLANKS)] == '\0')
		transfer->retry = strtoll(digits, NULL, 10);
	return length;
}

static void
put_percent(FILE *out, const char *value)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-._~";

	for (; *value != '\0'; value++)
		if (strchr(plain, *value) != NULL)
			fputc(*value, out);
		else
			fprintf(out, "%%%02X", (unsigned char)*value);
}

/* NULL when out of memory. */
static char *
form_of(const struct kagiya_question *question)
{
	const struct kagiya_ini *ini = question->ini;
	const struct {
		const char *name;
		const char *value;
	} fields[] = { { "product", ini->product }, { "serial", ini->serial },
		{ "instance", ini->instance }, { "key", question->key },
		{ "version", ini->version }, { "nonce", question->nonce },
		{ "why", question->why } };
	char *form = NULL;
	size_t length;
	FILE *out = open_memstream(&form, &length);

	if (out == NULL)
		return NULL;
	fputs("v=1", out);
	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		fprintf(out, "&%s=", fields[i].name);
		put_percent(out, fields[i].value);
	}
	const bool failed = ferror(out) != 0;
	if (fclose(out) == 0 && !failed)
		return form;
	free(form);
	return NULL;
}

static void
set_limits(CURL *curl, const struct kagiya_question *question)
{
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(
	    curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)question->seconds);
	if (question->ca_file != NULL) {
		curl_easy_setopt(curl, CURLOPT_CAINFO, question->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
}

/* The status, or 0 when no whole answer came. */
static long
perform(CURL *curl, const struct kagiya_question *question, const char *form,
    struct transfer *transfer)
{
	struct curl_slist *headers =
	    curl_slist_append(NULL, "Accept: application/jose");
	struct curl_slist *more =
	    headers == NULL ? NULL : curl_slist_append(headers, "Expect:");
	long status = 0;

	set_limits(curl, question);
	curl_easy_setopt(curl, CURLOPT_URL, question->ini->check_url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, form);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, on_bytes);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, transfer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, transfer);
	if (more != NULL && curl_easy_perform(curl) == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	return status;
}

/* A text without blanks and line ends around it; none may end inside. */
static bool
trim(struct transfer *transfer)
{
	char *body = transfer->body;
	const size_t blanks = strspn(body, BLANKS);
	size_t length = transfer->length;

	if (strlen(body) != length)
		return false;
	while (length > blanks && strchr(BLANKS, body[length - 1]) != NULL)
		length--;
	memmove(body, body + blanks, length - blanks);
	body[length - blanks] = '\0';
	return true;
}

char *
kagiya_wire_post(const struct kagiya_question *question, int64_t *retry_r)
{
	struct transfer transfer = { .body = calloc(1, KAGIYA_LIMIT + 1) };
	char *form = form_of(question);
	CURL *curl = curl_easy_init();
	long status = 0;

	if (transfer.body != NULL && form != NULL && curl != NULL)
		status = perform(curl, question, form, &transfer);
	curl_easy_cleanup(curl);
	free(form);
	*retry_r = status == 429 || status == 503 ? transfer.retry : 0;
	if (status == 200 && trim(&transfer))
		return transfer.body;
	free(transfer.body);
	return NULL;
}
