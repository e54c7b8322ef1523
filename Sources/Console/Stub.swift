import Hummingbird
import Mustache
import CryptoExtras
