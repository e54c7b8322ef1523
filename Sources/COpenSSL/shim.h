#pragma once
#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/ts.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

// Macros and functions that are macros, which the importer leaves out (openssl/ts.h, obj_mac.h).
static const unsigned cossl_verify_signature = TS_VFY_SIGNATURE;
static const int cossl_nid_sha256 = NID_sha256;
