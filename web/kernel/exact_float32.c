#define NAME exact_float
#define EXACT
#define REAL_IS_FLOAT
typedef float real;
#include "real.h"
