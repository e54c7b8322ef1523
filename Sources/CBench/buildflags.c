#include "cbench.h"

bool cbench_is_built_for_avx2(void) {
#ifdef __AVX2__
    return true;
#else
    return false;
#endif
}
