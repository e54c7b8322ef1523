#include "cbench.h"
#include <malloc.h>

void cbench_bound_heap(int mapped_from, int arenas) {
    mallopt(M_MMAP_THRESHOLD, mapped_from);
    mallopt(M_ARENA_MAX, arenas);
}
