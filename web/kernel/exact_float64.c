#define NAME exact_double
#define EXACT
typedef double real;
#include "real.h"
