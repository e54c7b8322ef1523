#include "cjpeg.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

/// One decoding. It lives in the caller of the function that sets the jump, so a jump leaves it as it was.
typedef struct {
    struct jpeg_decompress_struct codec;
    struct jpeg_error_mgr errors;
    jmp_buf failed;
    cjpeg_picture *picture;
} decoding;

// libjpeg's own reaction is exit(3).
static void on_error(j_common_ptr codec) {
    decoding *self = codec->client_data;
    codec->err->format_message(codec, self->picture->message);
    longjmp(self->failed, 1);
}

// A warning is damage that libjpeg would paint over, which evidence must not be.
static void on_message(j_common_ptr codec, int level) {
    if (level < 0) on_error(codec);
}

static void refuse(decoding *self, const char *why) {
    strncpy(self->picture->message, why, sizeof self->picture->message - 1);
    longjmp(self->failed, 1);
}

static int decode(decoding *self, const uint8_t *jpeg, size_t byte_count, size_t pixel_limit) {
    if (setjmp(self->failed)) return 0;
    jpeg_create_decompress(&self->codec);
    jpeg_mem_src(&self->codec, jpeg, byte_count);
    jpeg_read_header(&self->codec, TRUE);
    int components = self->codec.num_components;
    if (components != 1 && components != 3) refuse(self, "neither a colour nor a grey picture");
    self->codec.out_color_space = components == 3 ? JCS_YCbCr : JCS_GRAYSCALE;
    size_t width = self->codec.image_width, height = self->codec.image_height;
    if (width == 0 || height == 0 || width > pixel_limit / height) refuse(self, "too large a picture");
    jpeg_start_decompress(&self->codec);
    self->picture->bytes = malloc(width * height * 3);
    if (!self->picture->bytes) refuse(self, "out of memory");
    while (self->codec.output_scanline < height) {
        JSAMPROW row = self->picture->bytes + self->codec.output_scanline * width * 3;
        jpeg_read_scanlines(&self->codec, &row, 1);
        if (components == 1) {
            // From the end, as the samples lie in the same row.
            for (size_t x = width; x-- > 0;) {
                row[3 * x] = row[x];
                row[3 * x + 1] = row[3 * x + 2] = 128;
            }
        }
    }
    jpeg_finish_decompress(&self->codec);
    self->picture->width = width;
    self->picture->height = height;
    return 1;
}

int cjpeg_decode(const uint8_t *jpeg, size_t byte_count, size_t pixel_limit, cjpeg_picture *picture) {
    decoding self;
    memset(&self, 0, sizeof self);
    memset(picture, 0, sizeof *picture);
    self.picture = picture;
    self.codec.err = jpeg_std_error(&self.errors);
    self.codec.client_data = &self;
    self.errors.error_exit = on_error;
    self.errors.emit_message = on_message;
    int done = decode(&self, jpeg, byte_count, pixel_limit);
    jpeg_destroy_decompress(&self.codec);
    if (!done) {
        free(picture->bytes);
        picture->bytes = NULL;
    }
    return done;
}
