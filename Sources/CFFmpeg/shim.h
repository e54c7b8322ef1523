#pragma once
#include <libavcodec/avcodec.h>
#include <libavcodec/bsf.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswscale/swscale.h>

// Macros that are expressions, which the importer leaves out (libavutil/error.h, avutil.h).
static const int ffio_error_eof = AVERROR_EOF;
static const int ffio_error_exit = AVERROR_EXIT;
static const int ffio_error_invalid_data = AVERROR_INVALIDDATA;
static const int ffio_error_stream_not_found = AVERROR_STREAM_NOT_FOUND;
static const int ffio_error_decoder_not_found = AVERROR_DECODER_NOT_FOUND;
static const int ffio_error_encoder_not_found = AVERROR_ENCODER_NOT_FOUND;
static const int ffio_error_protocol_not_found = AVERROR_PROTOCOL_NOT_FOUND;
static const int ffio_error_patch_welcome = AVERROR_PATCHWELCOME;
static const int ffio_error_http_bad_request = AVERROR_HTTP_BAD_REQUEST;
static const int ffio_error_http_unauthorized = AVERROR_HTTP_UNAUTHORIZED;
static const int ffio_error_http_forbidden = AVERROR_HTTP_FORBIDDEN;
static const int ffio_error_http_not_found = AVERROR_HTTP_NOT_FOUND;
static const int ffio_error_http_other_4xx = AVERROR_HTTP_OTHER_4XX;
static const int ffio_error_http_server_error = AVERROR_HTTP_SERVER_ERROR;
static const int64_t ffio_no_timestamp = AV_NOPTS_VALUE;

// The log callback takes a va_list, which Swift cannot receive portably, so the line is made here.
// Call ffio_log_install from one Swift file only: each file that uses these functions has its own slot.
typedef void (*ffio_log_sink)(int level, const char *line);

static inline ffio_log_sink *ffio_log_slot(void) {
    static ffio_log_sink slot;
    return &slot;
}

static inline void ffio_log_receive(void *context, int level, const char *format, va_list arguments) {
    if (level > AV_LOG_INFO) return;
    char line[1024];
    int print_prefix = 1;
    if (av_log_format_line2(context, level, format, arguments, line, sizeof line, &print_prefix) >= 0)
        (*ffio_log_slot())(level, line);
}

static inline void ffio_log_install(ffio_log_sink sink) {
    *ffio_log_slot() = sink;
    av_log_set_callback(ffio_log_receive);
}
