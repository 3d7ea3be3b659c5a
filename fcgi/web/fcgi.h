/* fcgi: requests off FastCGI's wire and answers onto it. fcgi.c is the only
 * file that includes fcgiapp.h. */

#ifndef WEB_FCGI_H
#define WEB_FCGI_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct fcgi;
struct input;

/* Descriptor 0 is the listening socket, a local one; NULL when it is not.
 * SIGTERM and SIGUSR1 let the request in hand be answered, then fcgi_accept
 * ends. */
struct fcgi *fcgi_new(void);
void fcgi_free(struct fcgi *fcgi);

/* Waits for the next request and reads it whole; a body of more than limit
 * bytes stays unread. False when it is time to end: a signal, or as many
 * requests as the setting process.requests says, but not sooner than
 * process.seconds after it began. */
bool fcgi_accept(struct fcgi *fcgi, struct arena *arena, size_t limit,
    struct input *input_r);

/* The same but for the body, which is read in pieces: less than size at its
 * end. It was whole when nothing more comes and nothing was lost. */
bool fcgi_accept_head(
    struct fcgi *fcgi, struct arena *arena, struct input *input_r);
size_t fcgi_read(struct fcgi *fcgi, void *bytes, size_t size);
bool fcgi_is_whole(struct fcgi *fcgi);

/* Header lines with the empty line at their end, then the body. */
void fcgi_answer(struct fcgi *fcgi, const char *headers, const char *body,
    size_t length);
/* The same with so many bytes of a file. */
void fcgi_answer_file(
    struct fcgi *fcgi, const char *headers, int file, size_t length);

#endif
