/* Two doubles at a time, in which what needs more digits than a float has is computed. */

typedef double pair __attribute__((vector_size(16)));
typedef int64_t pair_of_bits __attribute__((vector_size(16)));

/* `function` of pairs on lanes x: of floats in two halves, each rounded once at the end. */
#ifdef REAL_IS_FLOAT
typedef float half __attribute__((vector_size(8)));
#define EACH_HALF(function, x)                                                                  \
    __builtin_shufflevector(                                                                    \
        __builtin_convertvector(                                                                \
            function(__builtin_convertvector(__builtin_shufflevector(x, x, 0, 1), pair)), half), \
        __builtin_convertvector(                                                                \
            function(__builtin_convertvector(__builtin_shufflevector(x, x, 2, 3), pair)), half), \
        0, 1, 2, 3)
#else
#define EACH_HALF(function, x) function(x)
#endif
