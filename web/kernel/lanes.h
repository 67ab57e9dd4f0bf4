/* The vector type: four floats or two doubles in 16 bytes. `real` is float or double. */

enum { LANES = 16 / sizeof(real) };

typedef real lanes __attribute__((vector_size(16)));
/* The same in memory, where NumPy aligns to one element only. */
typedef real packed_lanes __attribute__((vector_size(16), aligned(sizeof(real)), may_alias));

/* What a comparison of lanes gives: all bits of a lane or none. */
#ifdef REAL_IS_FLOAT
typedef int32_t masks __attribute__((vector_size(16)));
#else
typedef int64_t masks __attribute__((vector_size(16)));
#endif

static inline lanes load(const real *from) {
    return *(const packed_lanes *)from;
}

static inline void store(real *to, lanes value) {
    *(packed_lanes *)to = value;
}

static inline lanes spread(real value) {
    return value - (lanes){0};
}

/* The first `count` lanes, fewer than all, with zeros in the others. */
static inline lanes load_some(const real *from, index count) {
    lanes value = {0};
    for (index i = 0; i < LANES - 1; i++) {
        if (i < count) value[i] = from[i];
    }
    return value;
}

/* What is left of a row from here on, as far as it fills the lanes; zeros where nothing is. */
static inline lanes load_rest(const real *from, index left) {
    return left >= LANES ? load(from) : load_some(from, left);
}

static inline void store_some(real *to, lanes value, index count) {
    for (index i = 0; i < LANES - 1; i++) {
        if (i < count) to[i] = value[i];
    }
}

static inline void store_rest(real *to, lanes value, index left) {
    if (left >= LANES) {
        store(to, value);
    } else {
        store_some(to, value, left);
    }
}

/* Bit c says what lane c does. */
static inline uint32_t bits(masks condition) {
#if defined(__wasm_simd128__) && defined(REAL_IS_FLOAT)
    return (uint32_t)__builtin_wasm_bitmask_i32x4(condition);
#elif defined(__wasm_simd128__)
    typedef long long pair __attribute__((vector_size(16)));
    return (uint32_t)__builtin_wasm_bitmask_i64x2((pair)condition);
#else
    uint32_t all = 0;
    for (int c = 0; c < LANES; c++) all |= (uint32_t)(condition[c] & 1) << c;
    return all;
#endif
}

static inline lanes choose(masks condition, lanes yes, lanes no) {
    return (lanes)((condition & (masks)yes) | (~condition & (masks)no));
}

#if defined(__wasm_relaxed_simd__) && !defined(EXACT)
#define FUSED
#endif

/* sum + a * b; with relaxed SIMD in one instruction and with one rounding, where the processor has
 * that instruction. */
static inline lanes multiply_add(lanes a, lanes b, lanes sum) {
#if defined(FUSED) && defined(REAL_IS_FLOAT)
    return __builtin_wasm_relaxed_madd_f32x4(a, b, sum);
#elif defined(FUSED)
    return __builtin_wasm_relaxed_madd_f64x2(a, b, sum);
#else
    return sum + a * b;
#endif
}

/* The value itself. No load and no arithmetic is moved across this point: left to themselves,
 * compilers do all loads of a step first, and then there are more values than registers. */
static inline lanes in_order(lanes value) {
#ifdef __wasm__
    __asm__ volatile("" : "+r"(value) : : "memory");
#endif
    return value;
}

/* Rows become columns, for as many vectors as a vector has lanes. */
static inline void transpose(lanes *square) {
#ifdef REAL_IS_FLOAT
    lanes a = __builtin_shufflevector(square[0], square[1], 0, 4, 1, 5);
    lanes b = __builtin_shufflevector(square[0], square[1], 2, 6, 3, 7);
    lanes c = __builtin_shufflevector(square[2], square[3], 0, 4, 1, 5);
    lanes d = __builtin_shufflevector(square[2], square[3], 2, 6, 3, 7);
    square[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
    square[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
    square[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
    square[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
#else
    lanes a = square[0], b = square[1];
    square[0] = __builtin_shufflevector(a, b, 0, 2);
    square[1] = __builtin_shufflevector(a, b, 1, 3);
#endif
}
