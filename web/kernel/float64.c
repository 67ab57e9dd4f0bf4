#define NAME of_double
typedef double real;
#include "real.h"
