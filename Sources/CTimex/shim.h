#pragma once
// The kernel's view of its clock, which the importer's Glibc leaves out.
#include <sys/timex.h>
