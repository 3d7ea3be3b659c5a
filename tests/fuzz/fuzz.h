/* fuzz: what the targets share. Each is a function that libFuzzer calls with
 * any bytes; it ends the process where a promise is broken. */

#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* Bytes: what a document of a fuzzer's size is at most when it is written
 * again, each character as a reference. */
enum { FUZZ_ROOM = 1 << 17 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
