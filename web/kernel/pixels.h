/* Pictures, pixel by pixel. */

static const real *pixel(Images images, index n, index y, index x) {
    index place = (n * images.height + y) * images.width + x;
    return (const real *)images.data + place * images.channels;
}

/* Some rows of picture n, with a pixel in each row of the matrix. */
static Matrix pixels(Images images, index n, index from, index rows) {
    return (Matrix){(void *)pixel(images, n, from, 0), rows * images.width, images.channels,
                    images.channels, 1};
}

static void clear(Images images) {
    real *to = images.data;
    index left = images.count * images.height * images.width * images.channels;
    for (; left > 0; left--) *to++ = 0;
}
