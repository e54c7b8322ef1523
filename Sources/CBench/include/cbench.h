// What benchmarks and gates on performance need of C: a count of heap allocations, and what the compiler was told.

#ifndef XUNJIE_CBENCH_H
#define XUNJIE_CBENCH_H

#include <stdbool.h>
#include <stdint.h>

/// Calls of malloc, calloc, realloc, aligned_alloc, posix_memalign and memalign on the calling thread since it began.
uint64_t cbench_allocations(void);

/// Whether this program was compiled for processors with AVX2 (`-Xcc -march=x86-64-v3`), Swift code included.
bool cbench_is_built_for_avx2(void);

/// Memory of this many bytes and more goes back to the system when it is freed; at most so many heaps for all threads.
void cbench_bound_heap(int mapped_from, int arenas);

#endif
