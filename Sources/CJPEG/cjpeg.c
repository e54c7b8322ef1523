#include "cjpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

_Static_assert(JMSG_LENGTH_MAX <= sizeof(((cjpeg_output *)0)->message), "a libjpeg message must fit");

enum { luma_rows = 2 * DCTSIZE, chroma_rows = DCTSIZE, mcu_width = 2 * DCTSIZE };

/// Where the samples of the part begin, and how they are changed on the way.
typedef struct {
    const uint8_t *luma, *cb, *cr, *luma_table, *chroma_table;
    const cjpeg_part *part;
} source;

/// One encoding. It lives in the caller of the function that sets the jump, so a jump leaves it as it was.
typedef struct {
    struct jpeg_compress_struct codec;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr destination;
    jmp_buf failed;
    cjpeg_output *output;
    size_t capacity;
    uint8_t *band;  // one row of MCUs: 16 rows of luma, 8 of Cb, 8 of Cr
} encoding;

// libjpeg's own reaction is exit(3).
static void on_error(j_common_ptr codec) {
    encoding *self = codec->client_data;
    codec->err->format_message(codec, self->output->message);
    longjmp(self->failed, 1);
}

static void on_message(j_common_ptr codec) { (void)codec; }

// A destination of our own: jpeg_mem_dest leaves its buffer dangling when an error comes after it has grown.
static void grow(j_compress_ptr codec, size_t capacity) {
    encoding *self = codec->client_data;
    uint8_t *larger = realloc(self->output->bytes, capacity);
    if (!larger) {
        strcpy(self->output->message, "out of memory");
        longjmp(self->failed, 1);
    }
    self->destination.next_output_byte = larger + self->capacity;
    self->destination.free_in_buffer = capacity - self->capacity;
    self->output->bytes = larger;
    self->capacity = capacity;
}

static void begin_output(j_compress_ptr codec) {
    grow(codec, 4096 + (size_t)codec->image_width * codec->image_height / 4);
}

static boolean output_full(j_compress_ptr codec) {
    encoding *self = codec->client_data;
    grow(codec, self->capacity * 2);
    return TRUE;
}

static void end_output(j_compress_ptr codec) {
    encoding *self = codec->client_data;
    self->output->byte_count = self->capacity - self->destination.free_in_buffer;
}

// Repeats the last pixel up to `padded_width`, and the last row below the picture: the edge must not ring.
static void copy_rows(
    uint8_t *to, size_t padded_width, size_t row_count, const uint8_t *from, size_t stride_bytes, size_t width, size_t height,
    size_t first_row, const uint8_t *table) {
    for (size_t row = 0; row < row_count; row++, to += padded_width) {
        size_t source_row = first_row + row < height ? first_row + row : height - 1;
        const uint8_t *source = from + source_row * stride_bytes;
        if (table) {
            for (size_t x = 0; x < width; x++) to[x] = table[source[x]];
        } else {
            memcpy(to, source, width);
        }
        memset(to + width, to[width - 1], padded_width - width);
    }
}

static void write_bands(encoding *self, const source *from) {
    const cjpeg_part *part = from->part;
    size_t padded_width = (part->width + mcu_width - 1) / mcu_width * mcu_width;
    size_t chroma_width = (part->width + 1) / 2, chroma_height = (part->height + 1) / 2;
    uint8_t *cb = self->band + luma_rows * padded_width, *cr = cb + chroma_rows * padded_width / 2;
    JSAMPROW luma_lines[luma_rows], cb_lines[chroma_rows], cr_lines[chroma_rows];
    for (size_t row = 0; row < luma_rows; row++) luma_lines[row] = self->band + row * padded_width;
    for (size_t row = 0; row < chroma_rows; row++) {
        cb_lines[row] = cb + row * padded_width / 2;
        cr_lines[row] = cr + row * padded_width / 2;
    }
    JSAMPARRAY planes[3] = {luma_lines, cb_lines, cr_lines};
    for (size_t row = 0; row < part->height; row += luma_rows) {
        copy_rows(
            self->band, padded_width, luma_rows, from->luma, part->luma_stride_bytes, part->width, part->height, row,
            from->luma_table);
        copy_rows(
            cb, padded_width / 2, chroma_rows, from->cb, part->chroma_stride_bytes, chroma_width, chroma_height, row / 2,
            from->chroma_table);
        copy_rows(
            cr, padded_width / 2, chroma_rows, from->cr, part->chroma_stride_bytes, chroma_width, chroma_height, row / 2,
            from->chroma_table);
        jpeg_write_raw_data(&self->codec, planes, luma_rows);
    }
}

static int encode(encoding *self, const source *from, int quality) {
    if (setjmp(self->failed)) return 0;
    jpeg_create_compress(&self->codec);
    self->codec.dest = &self->destination;
    self->codec.image_width = (JDIMENSION)(from->part->width < UINT32_MAX ? from->part->width : UINT32_MAX);
    self->codec.image_height = (JDIMENSION)(from->part->height < UINT32_MAX ? from->part->height : UINT32_MAX);
    self->codec.input_components = 3;
    self->codec.in_color_space = JCS_YCbCr;
    jpeg_set_defaults(&self->codec);  // YCbCr becomes JFIF with luma sampled 2×2, as the planes are
    jpeg_set_quality(&self->codec, quality, TRUE);
    self->codec.raw_data_in = TRUE;
    jpeg_start_compress(&self->codec, TRUE);  // refuses empty and oversized pictures
    size_t padded_width = (from->part->width + mcu_width - 1) / mcu_width * mcu_width;
    self->band = malloc((luma_rows + chroma_rows) * padded_width);
    if (!self->band) {
        strcpy(self->output->message, "out of memory");
        return 0;
    }
    write_bands(self, from);
    jpeg_finish_compress(&self->codec);
    return 1;
}

int cjpeg_encode(
    const uint8_t *luma, const uint8_t *cb, const uint8_t *cr, const uint8_t *luma_table, const uint8_t *chroma_table,
    const cjpeg_part *part, int quality, cjpeg_output *output) {
    size_t chroma_offset = part->y / 2 * part->chroma_stride_bytes + part->x / 2;
    source from = {
        .luma = luma + part->y * part->luma_stride_bytes + part->x,
        .cb = cb + chroma_offset,
        .cr = cr + chroma_offset,
        .luma_table = luma_table,
        .chroma_table = chroma_table,
        .part = part,
    };
    encoding self;
    memset(&self, 0, sizeof self);
    memset(output, 0, sizeof *output);
    self.output = output;
    self.codec.err = jpeg_std_error(&self.errors);
    self.codec.client_data = &self;
    self.errors.error_exit = on_error;
    self.errors.output_message = on_message;
    self.destination.init_destination = begin_output;
    self.destination.empty_output_buffer = output_full;
    self.destination.term_destination = end_output;
    int done = encode(&self, &from, quality);
    jpeg_destroy_compress(&self.codec);
    free(self.band);
    if (!done) {
        free(output->bytes);
        output->bytes = NULL;
        output->byte_count = 0;
    }
    return done;
}

void cjpeg_free(uint8_t *bytes) { free(bytes); }
