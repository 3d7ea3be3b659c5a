/* fuzz: what the targets share. Each is a function that libFuzzer calls with
 * any bytes; it ends the process where a promise is broken. */

#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#endif
