#define NAME of_float
#define REAL_IS_FLOAT
typedef float real;
#include "real.h"
