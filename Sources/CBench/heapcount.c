// The program's own malloc family: it counts and hands on. The dynamic linker takes an executable's symbols before those of
// any library (System V ABI, "Dynamic Linking"), so every library's allocations come through here as well.
//
// It hands on to whatever comes next in the search order and not to glibc by name, so an allocator that is preloaded stays
// in force, and free, which is not replaced, always meets the memory it knows. Costs an addition to a thread's own variable
// and an indirect call, about two nanoseconds.

#define _GNU_SOURCE
#include "cbench.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stddef.h>

static _Thread_local uint64_t allocations;

uint64_t cbench_allocations(void) { return allocations; }

// A sanitizer brings its own family, which must not be shadowed.
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define XUNJIE_SANITIZED 1
#endif
#endif

#if defined(__GLIBC__) && !defined(XUNJIE_SANITIZED)

// What glibc's family is called inside; used only while the next family is being looked up.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static _Thread_local int is_looking;

// dlsym may allocate; what it takes then comes from glibc.
static void *next_symbol(_Atomic(void *) *cache, const char *name) {
    void *found = atomic_load_explicit(cache, memory_order_relaxed);
    if (found || is_looking) return found;
    is_looking = 1;
    found = dlsym(RTLD_NEXT, name);
    is_looking = 0;
    atomic_store_explicit(cache, found, memory_order_relaxed);
    return found;
}

void *malloc(size_t size) {
    static _Atomic(void *) cache;
    void *(*next)(size_t) = (void *(*)(size_t))next_symbol(&cache, "malloc");
    allocations++;
    return next ? next(size) : __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
    static _Atomic(void *) cache;
    void *(*next)(size_t, size_t) = (void *(*)(size_t, size_t))next_symbol(&cache, "calloc");
    allocations++;
    return next ? next(count, size) : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
    static _Atomic(void *) cache;
    void *(*next)(void *, size_t) = (void *(*)(void *, size_t))next_symbol(&cache, "realloc");
    allocations++;
    return next ? next(old, size) : __libc_realloc(old, size);
}

void *memalign(size_t alignment, size_t size) {
    static _Atomic(void *) cache;
    void *(*next)(size_t, size_t) = (void *(*)(size_t, size_t))next_symbol(&cache, "memalign");
    allocations++;
    return next ? next(alignment, size) : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
    static _Atomic(void *) cache;
    void *(*next)(size_t, size_t) = (void *(*)(size_t, size_t))next_symbol(&cache, "aligned_alloc");
    allocations++;
    return next ? next(alignment, size) : __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
    static _Atomic(void *) cache;
    int (*next)(void **, size_t, size_t) = (int (*)(void **, size_t, size_t))next_symbol(&cache, "posix_memalign");
    allocations++;
    if (next) return next(memory, alignment, size);
    *memory = __libc_memalign(alignment, size);
    return *memory ? 0 : ENOMEM;
}

#endif
