/* hello: a libfcgi program that answers a constant: what the web server and
 * the library cost by themselves. */

#include <fcgiapp.h>

int
main(void)
{
	FCGX_Request request;

	if (FCGX_Init() != 0 || FCGX_InitRequest(&request, 0, 0) != 0)
		return 1;
	while (FCGX_Accept_r(&request) == 0) {
		FCGX_PutS("Content-Type: text/plain\r\n"
			  "Content-Length: 3\r\n\r\nOK\n",
		    request.out);
		FCGX_Finish_r(&request);
	}
	return 0;
}
