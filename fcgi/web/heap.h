/* heap: libxml2's memory. Without any it would go on and hand out a page
 * with a part missing; here the process ends instead. */

#ifndef WEB_HEAP_H
#define WEB_HEAP_H

/* Once, before any use of libxml2, by a program of one thread. Also ends the
 * process when more than 256 MiB are in use: a style sheet may ask for any
 * amount. What was in use at once stays with the process, so that its size is
 * that of its largest page. */
void heap_start(void);

#endif
